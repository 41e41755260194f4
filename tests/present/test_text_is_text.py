"""Titles of a user are text wherever they stand: in pictures, on pages, and in notebooks."""


import pytest
from changed_report import changed

from mixedmig_model.present import workbook
from mixedmig_model.present.figures import costs as cost_figures
from mixedmig_model.present.figures import people as people_figures
from mixedmig_model.present.figures import services as service_figures
from mixedmig_model.present.figures.base import legend_text, png, style
from mixedmig_model.present.html.builders import Html, tag

TITLES = (
    "Between $5 and $6 a day", r"$\frac{1}{0$", "$$", r"\textbf{bold} $\alpha", "100 % {of} {0} it", r"C:\new\table",
    "<script>alert(1)</script>", "_hidden", "a^2_b & ~ #", "{{ x }} %s %(y)d",
)


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_drawn_as_it_is_written(title):
    plt = style()
    figure, panel = plt.subplots()
    panel.plot([0, 1], [0, 1], label=legend_text(title))
    panel.barh([title], [1.0])
    panel.set_title(title)
    legend = panel.legend()
    assert [text.get_text().strip() for text in legend.get_texts()] == [title]
    drawn = [panel.title, *legend.get_texts(), *panel.get_yticklabels()]
    assert not any(text.get_parse_math() for text in drawn)
    assert png(figure).startswith(b"\x89PNG")


def renamed(made, titles):
    """A comparison whose scenarios have other titles."""
    pairs = zip(made.record.scenarios, titles, strict=False)
    return changed(made, scenarios=[one.model_copy(update={"title": title}) for one, title in pairs])


@pytest.mark.parametrize("figure", [
    people_figures.adrift_figure, people_figures.outcomes_figure, service_figures.staff_figure,
    cost_figures.cash_figure,
])
def test_no_title_stops_a_figure_or_becomes_markup_beside_it(figure, book):
    page = str(figure(renamed(book[0], (r"Costs $5 \frac{ to $6", "<script>alert('$')</script>_"))))
    assert 'src="data:image/png;base64,' in page
    assert "<script" not in page
    assert "$5" in page


def test_what_a_notebook_shows_is_kept_from_being_read_as_formulas(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda part: shown.append(part.data))
    workbook.show(tag("p", "From $5 to $6 <b>"), Html("<p>$x$</p>"))
    assert shown == [
        '<div class="tex2jax_ignore mathjax_ignore"><p>From $5 to $6 &lt;b&gt;</p></div>',
        '<div class="tex2jax_ignore mathjax_ignore"><p>$x$</p></div>',
    ]
