"""Expressions of Python as JavaScript.

Operators and calls become calls of the page's runtime (``$``), which does what Python does. Names are looked up in the
function's own module, so that the text that comes out stands for those very objects. What is not known is refused.
"""

import ast
import builtins
import json
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

from mixedmig_model.record.schema.plain import PlainView

BINARY = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow", ast.Mod: "mod",
          ast.FloorDiv: "floordiv", ast.BitOr: "bitor", ast.BitAnd: "bitand",
          ast.MatMult: "matmul"}
COMPARED = {ast.Eq: "eq", ast.NotEq: "ne", ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.In: "has",
            ast.NotIn: "lacks", ast.Is: "is", ast.IsNot: "isnot"}
UNARY = {ast.Not: "not", ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}
NATIVE = ("math", "numpy")
"""Modules that the page's runtime has in its own way."""


class CompileError(Exception):
    """Raised where a function cannot be compiled.

    The message names it, its line and what stands there.
    """


class Expressions:
    """Writes expressions of one function.

    Parameters
    ----------
    name : str
        The function, for messages.
    scope : Mapping
        The globals of the function, and what it closes over.
    named : Callable
        Returns the name in JavaScript of an object of Python.
    """

    def __init__(self, name: str, scope: PlainView, named: Callable[[Any], str]) -> None:
        self.name, self.scope, self.named = name, scope, named
        self.local: set[str] = set()
        self.owner: type | None = None

    def refuse(self, node: ast.AST, what: str) -> NoReturn:
        """Refuse a part of the function. Raises CompileError."""
        text = ast.unparse(node)[:80]
        raise CompileError(f"{self.name}, line {getattr(node, 'lineno', 0)}: {what}: {text}")

    def text(self, node: ast.AST) -> str:
        """Return an expression. Raises CompileError."""
        write = getattr(self, f"_{type(node).__name__.lower()}", None)
        if write is None:
            self.refuse(node, "this is not compiled")
        return str(write(node))

    def truth(self, node: ast.AST) -> str:
        """Return an expression as a condition."""
        return f"$.t({self.text(node)})"

    def found(self, node: ast.AST) -> tuple[bool, Any]:
        """Return whether an expression is an object known now, and it.

        It is a global name, or an attribute of a module or an enclosing class.
        """
        if isinstance(node, ast.Name) and node.id not in self.local:
            if node.id in self.scope:
                return True, self.scope[node.id]
            if hasattr(builtins, node.id):
                return True, getattr(builtins, node.id)
            self.refuse(node, "unknown name")
        if isinstance(node, ast.Attribute):
            known, owner = self.found(node.value)
            if known and isinstance(owner, ModuleType):
                return True, getattr(owner, node.attr)
        return False, None

    def _native(self, node: ast.AST) -> str:
        """Return the name of a function of the runtime, or nothing."""
        if isinstance(node, ast.Attribute):
            known, owner = self.found(node.value)
            if known and isinstance(owner, ModuleType) and owner.__name__ in NATIVE:
                return f"$.{owner.__name__}.{node.attr}"
        known, value = self.found(node)
        name = getattr(value, "__name__", "")
        if known and name and getattr(builtins, name, None) is value:
            return f"$.built.{name}"
        if known and callable(value) and getattr(value, "__module__", "") in NATIVE:
            return f"$.{value.__module__}.{name}"
        return ""

    def _constant(self, node: ast.Constant) -> str:
        if node.value is None or isinstance(node.value, (bool, str)):
            return json.dumps(node.value)
        if isinstance(node.value, (int, float)):
            return repr(node.value) if isinstance(node.value, int) else json.dumps(node.value)
        return self.refuse(node, "such a constant is not compiled")

    def _name(self, node: ast.Name) -> str:
        if node.id in self.local:
            return f"{node.id}_"
        return self._native(node) or self.named(self.found(node)[1])

    def _attribute(self, node: ast.Attribute) -> str:
        if native := self._native(node):
            return native
        known, value = self.found(node)
        return self.named(value) if known else f"$.attr({self.text(node.value)}, {json.dumps(node.attr)})"

    def _joinedstr(self, node: ast.JoinedStr) -> str:
        return "(" + " + ".join(["''", *map(self.text, node.values)]) + ")"

    def _formattedvalue(self, node: ast.FormattedValue) -> str:
        spec = self.text(node.format_spec) if node.format_spec else '""'
        if node.conversion == ord("r"):
            self.refuse(node, "a representation is not compiled")
        return f"$.formatted({self.text(node.value)}, {spec})"

    def _items(self, nodes: list[ast.expr]) -> str:
        return ", ".join(f"...$.iter({self.text(one.value)})" if isinstance(one, ast.Starred) else self.text(one)
                         for one in nodes)

    def _tuple(self, node: ast.Tuple) -> str:
        return f"$.index([{self._items(node.elts)}])"

    def _list(self, node: ast.List) -> str:
        return f"[{self._items(node.elts)}]"

    def _set(self, node: ast.Set) -> str:
        return f"$.set([{self._items(node.elts)}])"

    def _dict(self, node: ast.Dict) -> str:
        parts = [f"...$.items({self.text(value)})" if key is None else f"[{self.text(key)}, {self.text(value)}]"
                 for key, value in zip(node.keys, node.values, strict=True)]
        return f"$.dict([{', '.join(parts)}])"

    def _binop(self, node: ast.BinOp) -> str:
        if type(node.op) not in BINARY:
            self.refuse(node, "such an operator is not compiled")
        return f"$.{BINARY[type(node.op)]}({self.text(node.left)}, {self.text(node.right)})"

    def _unaryop(self, node: ast.UnaryOp) -> str:
        return f"$.{UNARY[type(node.op)]}({self.text(node.operand)})"

    def _boolop(self, node: ast.BoolOp) -> str:
        name = "and" if isinstance(node.op, ast.And) else "or"
        return f"$.{name}({', '.join(f'() => {self.text(one)}' for one in node.values)})"

    def _compare(self, node: ast.Compare) -> str:
        values = [node.left, *node.comparators]
        parts = [f"$.{COMPARED[type(op)]}({self.text(one)}, {self.text(other)})"
                 for op, one, other in zip(node.ops, values, values[1:], strict=False)]
        return parts[0] if len(parts) == 1 else f"$.and({', '.join(f'() => {one}' for one in parts)})"

    def _ifexp(self, node: ast.IfExp) -> str:
        return f"({self.truth(node.test)} ? {self.text(node.body)} : {self.text(node.orelse)})"

    def _namedexpr(self, node: ast.NamedExpr) -> str:
        return f"({self.text(node.target)} = {self.text(node.value)})"

    def _lambda(self, node: ast.Lambda) -> str:
        names = [one.arg for one in node.args.args]
        outer, self.local = self.local, self.local | set(names)
        made = f"(({', '.join(f'{name}_' for name in names)}) => {self.text(node.body)})"
        self.local = outer
        return made

    def _subscript(self, node: ast.Subscript) -> str:
        return f"$.at({self.text(node.value)}, {self.index(node.slice)})"

    def index(self, node: ast.AST) -> str:
        """Return what stands between square brackets."""
        return self.text(node)

    def _slice(self, node: ast.Slice) -> str:
        return "$.slice(" + ", ".join(
            self.text(one) if one else "null" for one in (node.lower, node.upper, node.step)) + ")"

    # Comprehensions and generators are generators of JavaScript.

    def _generated(self, generators: list[ast.comprehension], element: Callable[[], str]) -> str:
        outer, body, ends = self.local, "", ""
        self.local = set(self.local)
        for one in generators:
            source = self.text(one.iter)
            names = [name.id for name in ast.walk(one.target) if isinstance(name, ast.Name)]
            self.local |= set(names)
            body += f"for (const {self.pattern(one.target)} of $.iter({source})) {{ "
            ends += "}"
            for condition in one.ifs:
                body += f"if (!{self.truth(condition)}) continue; "
        body += f"yield {element()}; {ends}"
        self.local = outer
        return f"(function* () {{ {body} }})()"

    def pattern(self, node: ast.AST) -> str:
        """Return the target of an assignment."""
        if isinstance(node, ast.Tuple):
            return "[" + ", ".join(self.pattern(one) for one in node.elts) + "]"
        if isinstance(node, ast.Starred):
            return f"...{self.pattern(node.value)}"
        return self.text(node)

    def _generatorexp(self, node: ast.GeneratorExp) -> str:
        return self._generated(node.generators, lambda: self.text(node.elt))

    def _listcomp(self, node: ast.ListComp) -> str:
        return f"[...{self._generated(node.generators, lambda: self.text(node.elt))}]"

    def _setcomp(self, node: ast.SetComp) -> str:
        return f"$.set({self._generated(node.generators, lambda: self.text(node.elt))})"

    def _dictcomp(self, node: ast.DictComp) -> str:
        pair = self._generated(node.generators, lambda: f"[{self.text(node.key)}, {self.text(node.value)}]")
        return f"$.dict({pair})"

    # Calls.

    def _call(self, node: ast.Call) -> str:
        words = self._words(node.keywords)
        if isinstance(node.func, ast.Attribute) and not self.found(node.func)[0] and not self._native(node.func):
            more = f", {words}" if words else ""
            return (f"$.call({self.text(node.func.value)}, {json.dumps(node.func.attr)}, "
                    f"[{self._items(node.args)}]{more})")
        if native := self._native(node.func):
            if native == "$.built.isinstance":
                return self._is_instance(node)
            if native == "$.built.float" and not node.args:
                return "0"
            return f"{native}({', '.join(filter(None, [self._items(node.args), words and f'$.words({words})']))})"
        if isinstance(node.func, ast.Subscript):  # dict[str, float]() and the like
            return self._call(ast.Call(node.func.value, node.args, node.keywords))
        called = self.text(node.func)
        return f"$.apply({called}, [{self._items(node.args)}], {words})" if words else (
            f"{called}.$new({self._items(node.args)})" if self._is_class(node.func)
            else f"{called}({self._items(node.args)})")

    def _is_class(self, node: ast.AST) -> bool:
        """Return whether an expression is a class that is compiled too."""
        known, value = self.found(node)
        return known and isinstance(value, type) and not self.named(value).startswith(("$", "("))

    def _is_instance(self, node: ast.Call) -> str:
        kind = node.args[1]
        names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
        told = []
        for one in names:
            known, value = self.found(one)
            if not known or not isinstance(value, type):
                self.refuse(node, "the class is not known")
            told.append(json.dumps(value.__name__))
        return f"$.isinstance({self.text(node.args[0])}, [{', '.join(told)}])"

    def _words(self, keywords: list[ast.keyword]) -> str:
        """Return arguments by name as an object, or nothing."""
        kept = [one for one in keywords if one.arg != "strict"]
        parts = [f"...$.object({self.text(one.value)})" if one.arg is None
                 else f"{json.dumps(one.arg)}: {self.text(one.value)}" for one in kept]
        return f"{{ {', '.join(parts)} }}" if parts else ""
