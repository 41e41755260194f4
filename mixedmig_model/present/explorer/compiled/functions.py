"""Statements and parameters of functions, as JavaScript."""

import ast
import inspect
import json
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import FunctionType
from typing import Any

from mixedmig_model.present.explorer.compiled.expressions import BINARY, CompileError, Expressions
from mixedmig_model.record.schema.plain import PlainView

NO_TEXT = (ast.Pass, ast.Assert)


class Statements(Expressions):
    """Writes the statements of one function."""

    def block(self, nodes: list[ast.stmt]) -> str:
        """Return statements one after the other. Raises CompileError."""
        return "\n".join(self.statement(node) for node in nodes if not isinstance(node, NO_TEXT))

    def statement(self, node: ast.stmt) -> str:
        """Return one statement. Raises CompileError."""
        write = getattr(self, f"_do_{type(node).__name__.lower()}", None)
        if write is None:
            self.refuse(node, "this is not compiled")
        return str(write(node))

    def _do_return(self, node: ast.Return) -> str:
        return f"return {self.text(node.value) if node.value else 'null'};"

    def _do_expr(self, node: ast.Expr) -> str:
        if isinstance(node.value, ast.Constant):
            return ""
        if isinstance(node.value, ast.YieldFrom):
            return f"yield* $.iter({self.text(node.value.value)});"
        if isinstance(node.value, ast.Yield) and node.value.value:
            return f"yield {self.text(node.value.value)};"
        return f"{self.text(node.value)};"

    def _do_assign(self, node: ast.Assign) -> str:
        value = self.text(node.value)
        if len(node.targets) > 1:
            return "\n".join([f"$$ = {value};", *(self._stored(one, "$$") for one in node.targets)])
        return self._stored(node.targets[0], value)

    def _do_annassign(self, node: ast.AnnAssign) -> str:
        return self._stored(node.target, self.text(node.value)) if node.value else ""

    def _do_augassign(self, node: ast.AugAssign) -> str:
        if type(node.op) not in BINARY:
            self.refuse(node, "such an operator is not compiled")
        target = ast.unparse(node.target)
        before = self.text(ast.parse(target, mode="eval").body)
        return self._stored(node.target, f"$.grown({json.dumps(BINARY[type(node.op)])}, {before}, "
                                         f"{self.text(node.value)})")

    def _stored(self, target: ast.expr, value: str) -> str:
        """Return the statement that stores a value."""
        if isinstance(target, ast.Tuple):
            if any(not isinstance(one, (ast.Name, ast.Starred)) for one in target.elts):
                parts = [f"$$ = [...$.iter({value})];"]
                return "\n".join([*parts, *(self._stored(one, f"$$[{k}]") for k, one in enumerate(target.elts))])
            return f"{self.pattern(target)} = [...$.iter({value})];"
        if isinstance(target, ast.Subscript):
            return f"$.put({self.text(target.value)}, {self.index(target.slice)}, {value});"
        if isinstance(target, ast.Attribute):
            return f"{self.text(target.value)}.{target.attr} = {value};"
        return f"{self.text(target)} = {value};"

    def _do_if(self, node: ast.If) -> str:
        other = f" else {{\n{self.block(node.orelse)}\n}}" if node.orelse else ""
        return f"if ({self.truth(node.test)}) {{\n{self.block(node.body)}\n}}{other}"

    def _do_for(self, node: ast.For) -> str:
        if node.orelse:
            self.refuse(node, "else of a loop is not compiled")
        names = self.pattern(node.target)
        return f"for (const $each of $.iter({self.text(node.iter)})) {{\n{names} = " + (
            "[...$.iter($each)]" if isinstance(node.target, ast.Tuple) else "$each") + f";\n{self.block(node.body)}\n}}"

    def _do_while(self, node: ast.While) -> str:
        return f"while ({self.truth(node.test)}) {{\n{self.block(node.body)}\n}}"

    def _do_continue(self, _: ast.Continue) -> str:
        return "continue;"

    def _do_break(self, _: ast.Break) -> str:
        return "break;"

    def _do_raise(self, node: ast.Raise) -> str:
        if not isinstance(node.exc, ast.Call):
            self.refuse(node, "only a new error is compiled")
        name, parts = ast.unparse(node.exc.func), self._items(node.exc.args)
        return f"throw $.error({json.dumps(name)}, [{parts}]);"

    def _do_functiondef(self, node: ast.FunctionDef) -> str:
        inner = type(self)(f"{self.name}.{node.name}", self.scope, self.named)
        inner.local = set(self.local)
        return f"{node.name}_ = {inner.function(node)};"

    # Functions.

    def function(self, node: ast.FunctionDef | ast.Lambda, *, method: bool = False) -> str:
        """Return a function as an expression of JavaScript.

        Parameters
        ----------
        node : ast.FunctionDef or ast.Lambda
            The function.
        method : bool, default False
            Whether the first parameter is the object.

        Returns
        -------
        str
            The text.

        Raises
        ------
        CompileError
            For what is not compiled.
        """
        given = node.args
        names = [one.arg for one in (*given.posonlyargs, *given.args)]
        extra = [one.arg for one in (*given.kwonlyargs, *(one for one in (given.vararg, given.kwarg) if one))]
        body: list[ast.stmt] = [ast.Return(node.body)] if isinstance(node, ast.Lambda) else node.body
        assigned = _assigned(body) - {*names, *extra}
        spec = self._spec(given, names[1:] if method else names)
        self.local |= {*names, *extra, *assigned}
        listed = [*(names[1:] if method else names), *extra]
        head = f"let $$, [{', '.join(f'{one}_' for one in listed)}] = $given;"
        head += f" let {', '.join(f'{one}_' for one in sorted(assigned))};" if assigned else ""
        head += f" const {names[0]}_ = this;" if method else ""
        star = "*" if any(isinstance(one, (ast.Yield, ast.YieldFrom)) for one in _own(body)) else ""
        return f"$.spec({spec}, function{star} ($given) {{ {head}\n{self.block(body)}\n}})"

    def _spec(self, given: ast.arguments, own: list[str]) -> str:
        """Return what parameters a function has, and what they are if nothing is given."""
        every = [one.arg for one in (*given.posonlyargs, *given.args)]
        late = dict(zip(every[len(every) - len(given.defaults):], given.defaults, strict=True))
        late |= {one.arg: value for one, value in zip(given.kwonlyargs, given.kw_defaults, strict=True) if value}
        defaults = ", ".join(f"{json.dumps(name)}: () => {self.text(value)}" for name, value in late.items())
        only = json.dumps([one.arg for one in given.kwonlyargs])
        rest, words = (str(bool(one)).lower() for one in (given.vararg, given.kwarg))
        return f"{{ names: {json.dumps(own)}, only: {only}, rest: {rest}, words: {words}, defaults: {{ {defaults} }} }}"


def _own(nodes: list[ast.stmt]) -> Iterator[ast.AST]:
    """Yield all parts of statements, without those of functions within."""
    waiting: list[ast.AST] = list(nodes)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp,
                                 ast.DictComp)):
            waiting += ast.iter_child_nodes(node)
        elif not isinstance(node, (ast.FunctionDef, ast.Lambda)):
            waiting += [one for one in ast.walk(node) if isinstance(one, ast.NamedExpr)]


def _assigned(nodes: list[ast.stmt]) -> set[str]:
    """Return the names that statements give a value."""
    found = set()
    for node in _own(nodes):
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return found


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse(Path(file).read_text(encoding="utf-8"))


def node_of(function: FunctionType) -> ast.FunctionDef | ast.Lambda:
    """Return a function as its file has it. Raises CompileError."""
    code = function.__code__
    if function.__name__ != "<lambda>":
        made = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        assert isinstance(made, ast.FunctionDef)
        ast.increment_lineno(made, code.co_firstlineno - 1)
        return made
    places = [place for place in code.co_positions() if place[0] and place[2]]
    line, column = places[-1][0], places[-1][2]
    inside = [one for one in ast.walk(_tree(code.co_filename)) if isinstance(one, ast.Lambda)
              and (one.lineno, one.col_offset) <= (line, column) <= (one.end_lineno, one.end_col_offset)]
    if not inside:
        raise CompileError(f"{function.__module__}: a lambda in line {code.co_firstlineno} was not found")
    return max(inside, key=lambda one: (one.lineno, one.col_offset))


def scope_of(function: FunctionType) -> PlainView:
    """Return the names that a function finds outside itself."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    return {**function.__globals__, **{name: cell.cell_contents for name, cell in cells}}


def compiled(function: FunctionType, named: Callable[[Any], str], *, method: bool = False) -> str:
    """Return a function of Python as an expression of JavaScript.

    Parameters
    ----------
    function : FunctionType
        The function.
    named : Callable
        Returns the name in JavaScript of an object that it uses.
    method : bool, default False
        Whether it belongs to an object.

    Returns
    -------
    str
        The text.

    Raises
    ------
    CompileError
        For what is not compiled.
    """
    where = f"{function.__module__}.{function.__qualname__}"
    return Statements(where, scope_of(function), named).function(node_of(function), method=method)
