"""The command ``mixedmig break-even``.

It finds the value of one input at which two options cost the same (``docs/costs.md``).
"""

from typing import Annotated

import typer

from mixedmig_model.cli.common import CaseName, Json, Workspace, explained, find_workspace, say, say_cautions, show

MOST_DIGITS = 9
"""Significant digits of two costs at most.

Near a break-even they hardly differ.
"""


def break_even(
    case: CaseName,
    scenario: Annotated[str, typer.Option("--scenario", help="The name of the option.")],
    parameter: Annotated[str, typer.Option("--parameter", help="The input to vary, a name of parameters/base.")],
    low: Annotated[float, typer.Option("--from", help="The lowest value to try, in the unit of the base file.")],
    high: Annotated[float, typer.Option("--to", help="The highest value to try.")],
    baseline: Annotated[str | None, typer.Option("--baseline", help="The other option; default: the baseline.")] = None,
    workspace: Workspace = None,
    as_json: Json = False,
) -> None:
    """Find the input value at which two options cost the same.

    Both options are solved for each value tried, about ten runs. The answer is about money only. The report shows
    breaches and harms of both options.

    Example: mixedmig break-even generic_surge --scenario early_hiring --parameter arrivals.surge_factor --from 1
    --to 8
    """
    with explained(as_json):
        from mixedmig_model.inputs.cases.case import read_case
        from mixedmig_model.inputs.resolving.resolve import cautions_of, resolve
        from mixedmig_model.inputs.workspace import read_workspace
        from mixedmig_model.record.words.costs import ESTIMATE, MoneyRow, break_even_sentence
        from mixedmig_model.study.planning.break_even import break_even as seek
        from mixedmig_model.vocabulary.numbers import number

        inputs = read_case(read_workspace(find_workspace(workspace)), case)
        other = baseline or inputs.case.baseline
        titles = inputs.scenario(scenario).title, inputs.scenario(other).title
        answer = seek(inputs, scenario, other, parameter=parameter, low=low, high=high,
                      progress=lambda done: say(f"run {done}"))
        say_cautions(cautions_of(inputs, *(resolve(inputs, scenario, {parameter: end}) for end in (low, high))))
        sentence = break_even_sentence(answer, *titles, inputs.workspace.parameters[parameter].title)
        if as_json:
            show({
                "ok": True, "sentence": sentence, "parameter": parameter, "unit": answer.unit,
                "root": None if answer.root != answer.root else answer.root, "runs": answer.runs,
                "proof": [
                    {"value": point, "option": pair[0], "baseline": pair[1]}
                    for point, pair in zip(answer.points, (answer.below, answer.above), strict=True)
                ],
            })
            return
        typer.echo(f"{ESTIMATE}. {sentence}")
        for point, pair in zip(answer.points, (answer.below, answer.above), strict=True):
            row = MoneyRow(pair[1], "USD", pair, most=MOST_DIGITS)
            text = ", ".join(f"{title} {row.value(cost)}" for title, cost in zip(titles, pair, strict=True))
            size = row.size_of_difference(pair[0])
            typer.echo(f"At {number(point)} {answer.unit}: {text}; {size} {'more' if pair[0] > pair[1] else 'less'}.")
