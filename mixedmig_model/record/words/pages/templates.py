"""Sentences of the second page and of some tables.

They are those of the five questions, of the table of posts, and of the page of an option.
"""

# ---- posts ---------------------------------------------------------------------------------------------------------

POSTS_COUNTRY = "service, country and option"
POSTS_HEADS = ("have (posts)", "need (constant team)", "missing", "people come late from", "recruit by")
POSTS_NOTE = (
    "Need is the smallest constant team, in whole officers, that keeps 95 % within the standard of its service. It is "
    "sought to within one officer or 5 %, and a run of the model proves it. Missing is the need less the posts on the "
    "day from which people come late. Recruit by is that day less the time to hire: {desk} days for registration and "
    "screening, {others} days for caseworkers. Training comes on top. Referral, appeal and returns have no standard. "
    "An option has a row of its own where it differs from {baseline}."
)
POSTS_FROM = "{posts} from {day}"
POSTS_THEN = "{first}, then {rest}"
POSTS_SEVERAL = "{first} at the start, {low} to {high} later"
POSTS_NONE_FOUND = "none found: {share} on time with any number"
POSTS_NO_STANDARD = "no standard"
POSTS_UNKNOWN = "not worked out"
POSTS_ALL_COUNTRIES = "all countries"
POSTS_BY_COUNTRY = "{country} {posts}"
POSTS_OPTION = "{country}: {option}"

# ---- questions -----------------------------------------------------------------------------------------------------

ASK_TITLE = "Five questions"
ASK_HEADS = ("question", "answer")
ASK_OFFICERS = "How many officers of each kind?"
ASK_PAYERS = "Who pays?"
ASK_REVERSED = "What would reverse it?"
ASK_CHILDREN = "What happens to children?"
ASK_SURE = "How sure is it?"
ASK_LINE = "{options}: {answer}."
ASK_ALL_OPTIONS = "All options: {answer}."
ASK_NEED_UNKNOWN = "not worked out"
ASK_NEED_NOTE = "Smallest constant teams that keep 95 % within the standard. The table of posts has them by country."
ASK_PAID = "{payers}; gap of funding {gap}"
ASK_OVER = (
    "{options}: in fiscal year {year} this needs {amount} more than the ceiling of {budget}, {ceiling} at prices of "
    "{base}."
)
ASK_OVER_IN = (
    "{options}: in fiscal year {year} this needs {amount} more than the ceiling of {budget} in {country}, {ceiling} at "
    "prices of {base}."
)
ASK_OVER_MORE = "{sentence} More ceilings are exceeded: {count}."
BOTH_CURRENCIES = "{value} ({second})"
ASK_NO_COSTS = "This case has no costs."
ASK_PRICE = "the difference in cost to {baseline} is reversed if {item} costs {at} instead of {price}"
ASK_NO_PRICE = "no price, changed alone within its range, reverses the difference in cost to {baseline}"
ASK_NO_INPUT = "No single uncertain input is seen to reverse what is said of the options."
ASK_NO_DRAWS = "Without draws, it is not known which uncertain input would."
ASK_ALONE = "There is no option next to the baseline."
ASK_CHILD_PARTS = {
    "identified_children_detained": "{count} identified as children and detained",
    "children_assessed_adult_detained": "{count} wrongly assessed adult and detained",
    "child_detention_days": "{count} of children in detention",
    "children_separated": "{count} separated from a detained parent",
    "children_returned_unheard": "{count} returned by force without a best-interests decision",
}
"""Indicators of children on the second page."""
ASK_DRAWN = "{option}. {sentence}"
ASK_GRADE = "The grade of evidence is {letter}; the first page says why."

# ---- ceilings -------------------------------------------------------------------------------------------------------

YEAR_PAYERS_TITLE = "Cost by fiscal year and payer"
YEAR_PAYERS_FOLDED = "Cost by fiscal year and payer has {count} rows: on screen, and in report.json; not printed."
YEAR_PAYERS_NOTE = (
    "Contingency and support cost are included. Fiscal years are those of each country, named by the year in which "
    "they end. Counted when cash is paid, at prices of {year}."
)
ALL_PAYERS = "All payers"
ALL_YEARS = "All years"
CEILINGS_TITLE = "Ceilings by fiscal year and payer"
CEILING_HEADS = ("payer and fiscal year", "ceiling")
CEILING_ALL = "{payer}, {year}"
CEILING_IN = "{payer}, {year}, {country}"
CEILING_NOMINAL = "stated: {amount}, money of {year}"
CEILING_REAL = "stated: {amount}, at prices of {year}"
CEILING_LEFT = "{amount} left"
CEILING_OVER = "{amount} over"
CEILING_REACHED = "nothing left"
CEILINGS_MARKED = "{note} {mark}"
CEILING_ASSUMED = "{title}\N{NO-BREAK SPACE}{mark}"
CEILING_SOURCE = "source: {title}"
CEILINGS_NOTE = (
    "A ceiling is what the case says that a payer may spend at most. It is compared with what is needed, contingency "
    "and support cost included, at prices of {year}. Money of another year is moved to these prices first. A ceiling "
    "changes no cost and ranks no option."
)

# ---- option --------------------------------------------------------------------------------------------------------

OPTION_CHANGES_TITLE = "What it changes"
OPTION_DOES_TITLE = "What it does"
OPTION_CHANGE = "{title}{unit}: {operation}, {where}, {when} (in the baseline {before}). {reason}"
OPTION_LEVER = "{title} ({where}, {when}): {description}"
OPTION_MORE = "{count} more stand in the annex."
OPTION_NO_CHANGE = "It changes nothing."
OPTION_ELSEWHERE = (
    "A breach that happens in neither has no row. The report has ranges and all options; the annex has sources."
)
OPTION_COST = "Cost of the response"
OPTION_PAID = "Paid by"
OPTION_GAP = "Gap of funding at the end"
OPTION_TEAM = "Smallest team that meets the standards"
OPTION_TEAM_NONE = "none found"
ITEMS_FOLDED = "Every item, and the sectors and phases of each option: on screen, and in costs.csv; not printed."
PRICES_FOLDED = "{count} prices, each with its source: on screen, and in report.json; not printed."
PAYER_GAP = "{required}; gap {gap}, short since {month}"

# ---- documents of Word and PDF --------------------------------------------------------------------------------------

DOCUMENT_CONTENTS = "Contents"
DOCUMENT_SUBJECT = "Comparison of options for the response to mixed migration"
DOCUMENT_PAGE, DOCUMENT_ROW, DOCUMENT_NOBODY = "Page", "item", "not stated"
MEMO_ASKED, MEMO_OPTIONS, MEMO_FOUND = "What was asked", "The options", "What was found"
MEMO_ROWS, MEMO_DECIDES, MEMO_LIMITS = "Harms, teams and cost", "What decides it", "What is not modelled"
MEMO_MORE_LIMITS = "Page 2 has the whole list of {count} limits."
MEMO_CHART = "Harms that differ"
MEMO_ASKS = "Staff, money and children"
TEMPLATE_MISSING = "the template does not exist"
TEMPLATE_UNREADABLE = "the template cannot be read: {why}"
TEMPLATE_NO_WORD = "the template is no Word document"
TEMPLATE_LACKS = "the template lacks styles that a report needs: {styles}"
TEMPLATE_ALLOWED = "a file .docx of Word"
TEMPLATE_STYLES = "a template with these styles, such as a report.docx that mixedmig made"
TEMPLATE_ALONE = "a template is for Word documents, and none is requested"
TEMPLATE_WITH = "--template together with --docx"
PAPER_UNKNOWN = "unknown paper size"
PDF_NO_LETTERS = (
    "the PDF could not be made, because no font here has some letters of a text ({why}). Install a font that has them, "
    "or leave out --pdf: Word files need no font here"
)
PDF_FAILED = "the PDF could not be made: {why}"

# ---- batches --------------------------------------------------------------------------------------------------------

BATCH_DONE = "{case}. Compared with: {baseline} (the baseline). {done} of {runs} are done."
BATCH_LOST = "{title} ({name}): {failure}"
BATCH_NONE = "No run is done."
BATCH_MORE = "The first {most} runs are below. The table in the same folder has all."
BATCH_UNSET = (
    "This case does not set {inputs} that it must set: {names}. A row with * moves by more than 10 % over the range of "
    "such an input, or rests on one without a range."
)
BATCH_NOTE = (
    "The baseline comes first. Below a number stands what may be said of it, or its difference to the baseline. Ranges "
    "are those of the share of people owed protection. The page of each run has its inputs."
)
BATCH_SAID, BATCH_LOST_TITLE = "What may be said", "Runs that failed"
BATCH_CHARTS, BATCH_TABLES = "What the runs vary", "All runs"
BATCH_TABLE = "Runs {first} to {last} of {all}, next to the baseline"
BATCH_COST = "Cost of the response{mark}, planning estimate"
BATCH_NOT_YET, BATCH_NOT_COSTED = "not run yet", "not costed"
BATCH_DOCUMENTS_TITLE = "Documents that are missing"
BATCH_DOCUMENTS = "Documents: "
BATCH_INDEX_DOCUMENTS = "This page as a document: "
BATCH_INDEX_REFUSED = "This page as a document: {why}"
BATCH_KINDS = {"memo.docx": "memo (Word)", "report.docx": "report (Word)", "memo.pdf": "memo (PDF)",
               "report.pdf": "report (PDF)"}
BATCH_ENDINGS = {".docx": "Word", ".pdf": "PDF"}
