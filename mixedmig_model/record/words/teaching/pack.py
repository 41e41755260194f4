"""The words of a print pack, all in one file.

A translation of the pack translates this file. Titles of roles, injects and objectives are those of the exercise.
"""

PAGES = {
    "guide": "Guide for the facilitator",
    "roles": "Role cards",
    "injects": "Inject cards",
    "answers": "Inject cards with answers",
    "testimony": "Testimony cards",
    "forms": "Forms for the tables",
    "observer": "Form for observers",
    "evaluation": "Evaluation by participants",
}
"""Pages by the name of their file."""
PAGE_NOTES = {
    "guide": "For the facilitator and the observers. It has the plan of the day and the debrief.",
    "roles": "One sheet for each role. Hand each table its own sheets.",
    "injects": "Cut along the line. Hand a card out when its time comes.",
    "answers": "For the facilitator alone. It says what a good answer holds and what the model leaves out.",
    "testimony": "For the facilitator, who reads them aloud. Nobody plays a refugee.",
    "forms": "One sheet for each round and table: orders with reasons, forecasts with ranges.",
    "observer": "One for each observer and table.",
    "evaluation": "One for each participant. It asks for no name.",
}
PACK_TITLE = "Print pack: {title}"
PRINT_FIRST = "Print the pages on {paper} paper, on one side. They need no network and have no script."
FACILITATOR_ONLY = "For the facilitator alone"
INVENTED = "Countries, people and numbers are invented. They stand for nobody."
FOOTER = "{title}. {licence}. Print pack of mixedmig {version}. " + INVENTED
PURPOSE = (
    "An exercise trains people to decide together with late and incomplete numbers. It ends in a list of gaps and a "
    "plan, never in a score.",
    "Breaches and harms come first, on each screen and in each talk. Fewer arrivals or more returns are never a "
    "success.",
    "Nobody plays a refugee, and no card asks for a person's name.",
)
SHORT_NOTE = "This is the short form: {rounds} rounds, {minutes} minutes in all."
LONG_NOTE = "This is the main form: {rounds} rounds, about {hours} hours in all."

OBJECTIVES = "Objectives"
OBJECTIVES_NOTE = (
    "Choose two or three that matter to your people, and say so at the start. Paragraphs are those of the "
    "founding document."
)
OBJECTIVE_HEAD = ("objective", "paragraph", "seen in")
EVIDENCE = {"decision": "a decision", "message": "a message", "indicator": "an indicator"}

STEPS = "Ten steps"
STEP_HEAD = ("when", "step", "done")
STEP_ROWS = (
    ("8 weeks before", "Agree why. Choose two or three objectives, and the office that will own the list of gaps."),
    ("7 weeks before", "Choose the exercise and its form. Run it once yourself, all rounds, on one machine."),
    ("6 weeks before",
     "Invite 12 to 30 people of the offices that would meet. Pay people with experience of flight as advisers. They "
     "read the cards and play nobody."),
    ("5 weeks before",
     "Have a protection officer read all cards. Change or leave out what could hurt somebody in the room. Name a "
     "person "
     "to turn to."),
    ("4 weeks before", "Make it yours: names of offices, language, money. Keep the countries invented."),
    ("3 weeks before", "Install on each machine, without a network if need be. Try the projector and the printer."),
    ("2 weeks before", "Brief facilitators, observers and the safeguards cell. Run one round with them."),
    ("1 week before", "Print the pack. Send each participant the role card and nothing else."),
    ("The day", "Follow the table of minutes. Debrief at least a quarter of the time, whatever happens."),
    ("Afterwards",
     "Write the after-action report within two weeks: gap, owner, date. Meet after three months and ask what was "
     "done."),
)

ROOM = "Room plan"
ROOM_NOTE = (
    "Tables stand so that teams do not read each other's screens. The quiet room is open all the time. The safeguards "
    "cell has a table of its own.",
)
ROOM_PROJECTOR, ROOM_FACILITATOR = "Projector: picture of the round", "Facilitator"
ROOM_SAFEGUARDS, ROOM_PRESS, ROOM_DOOR = "Safeguards cell", "Press table", "Door"
ROOM_TEAM, ROOM_SEATS, ROOM_OBSERVER = "Team {number}", "up to {number} seats", "observer"
ROOM_QUIET = "Quiet room: anybody, at any time"
ROOM_ALT = "Plan of a room with {teams} team tables, a facilitator, a safeguards cell and a quiet room."

MINUTES = "Table of minutes"
MINUTE_HEAD = ("from", "minutes", "what happens", "who")
MINUTES_NOTE = (
    "Minutes of injects count from the start of the round. An inject with a condition comes after the round in "
    "which it is met."
)
WELCOME = "Welcome: purpose, objectives, rules, the quiet room"
READING = "Roles: each table reads its cards and returns"
ROUND = "Round {number}, {title}"
ROUND_ALONE = "Round {number}"
DECIDE = "{title}: teams decide, write orders, reasons and forecasts"
PICTURE = "Picture of the round: breaches and harms first, then people, waits and money"
PAUSE = "Pause"
DEBRIEF_ROW = "Debrief"
CLOSING = "Hot wash and evaluation"
INJECT_ROW = "minute {minute}: {title}"
WHO_FACILITATOR, WHO_TEAMS, WHO_ALL = "facilitator", "teams", "all"
BY_CONDITION = "Injects by condition"
IN_RESERVE = "Injects in reserve: the facilitator may release them"
FOLLOWS = "follows where nobody answers: {title}"

RULES = "Rules that are read out"
RULE_ROWS = (
    "Roles order only what is on their card, and see only their own returns.",
    "Returns come late and miss people. Ask the other tables.",
    "An order that is a breach needs a signature and a reason. The safeguards cell may stop it.",
    "Write a range for what you expect before you see the result.",
    "Words that demean people are not used here. The facilitator stops them.",
    "Anybody may leave for the quiet room, and nobody asks why.",
)

IF_TEAM = "If the team does this"
IF_TEAM_HEAD = ("if the team", "then the facilitator")
IF_TEAM_ROWS = (
    ("orders a breach", "The safeguards cell asks for a signature and a reason. The order goes on or is taken back. It "
     "is named in the debrief, without blame for the person."),
    ("hands over the register", "Releases the inject on the register that is out. The team answers to people in it."),
    ("locks people up to make room", "Reads the law on the card aloud. Asks where else they could sleep, and for how "
     "many days."),
    ("wants fewer people to come", "Says that nobody at these tables decides who flees. Asks what the people already "
     "here need this week."),
    ("asks for the true number", "Says that nobody has it. Asks who could know more, and what it would cost to ask."),
    ("plays for a score", "Says that there is none. The three sheets are never added up and teams are not ranked."),
    ("lets one person decide", "Asks the quietest role to read its returns aloud first."),
    ("is silent", "Asks one question from the role card. Waits."),
    ("blames another state", "Writes it down for the debrief. Asks what this table offers today."),
    ("makes a joke about people", "Stops, names it, and asks for another word. Goes on."),
    ("is upset by a card", "Pauses. The quiet room is open, a colleague goes along if wanted. Asks again in the "
     "evening."),
    ("is done early", "Asks each role for a forecast with a range, and what would change its mind."),
    ("finds the model wrong", "Takes it seriously and writes it down. It is the last question of the debrief."),
    ("loses its machine", "Goes on with paper forms. The state of each round is kept, and a session that stopped "
     "goes on."),
)

DEBRIEF = "Debrief"
DEBRIEF_NOTE = (
    "Go through the five steps in this order. People first, money later. Do not explain before they have spoken."
)
DEBRIEF_HEAD = ("step", "minutes", "questions")
DEBRIEF_ROWS = (
    ("Feelings", 0.15, ("How are you now? One word each.", "Which moment stays with you?",
                        "When did you want to say no?")),
    ("Facts", 0.2, ("Which breaches were there, who signed, and when did they end?",
                    "Who was harmed, in persons and days?", "Which numbers did you have on that day?")),
    ("Mechanism", 0.25, ("What caused the longest wait?", "On which day was it too late, and what did you see by then?",
                         "Whose problem did your decision become?")),
    ("Own plan", 0.25, ("What in your real plan would have failed in the same way?",
                        "Which date, post, place or agreement is missing in it?")),
    ("Commitments", 0.15, ("What will your office do, who owns it, and by which date?",
                           "What can this model not tell you?")),
)
"""Steps with their share of the time and their questions.

The last question is always the same.
"""

HOT_WASH = "Hot wash"
HOT_WASH_NOTE = "Five minutes, standing. One sentence for each question, all tables in turn. Somebody writes."
HOT_WASH_ROWS = ("What went well and stays?", "What must change?", "What do we do first, and who does it?")

NAMES = "Names to type"
NAMES_NOTE = (
    "Cards and forms have titles; commands take names. On the pages of mixedmig app you choose from lists and type "
    "none."
)
NAMES_HEAD = ("on the card", "in a command")
ROLE_ROW = "Role: {title}"
INJECT_NAMES = "Names of injects"

CARD_DECIDES = "Your orders"
ORDER_HEAD = ("you may order", "limits", "what to know")
CARD_SEES = "Your returns"
BETWEEN = " · "
SEES_WORDS = "These numbers are {lag}, and miss {missed}."
LAG_WORDS = {0: "of today", 1: "1 day old"}
LAG = "{days} days old"
MISSED = {0: "nobody that the office knows of"}
MISSING = "about {share} % of the people"
SEES_NOTHING = "You have no returns of your own. Ask the others."
ORDERS_NOTHING = "You order nothing. You ask, check and speak."
CARD_MONEY = "Your money"
MONEY_WORDS = "{payer}: {currency} {amount}"
NO_MONEY = "You have no money of your own."
CARD_COUNTRIES = "You act in: {countries}."
LIMITS = "{least} to {most} {unit}"
INTENSITY = "share of full strength"

TO, CHANNEL, TIME, ASKS, DUE_LABEL = "To", "By", "When", "Please", "Answer within"
EXPECTED, CHANGES, LEFT_OUT = "A good answer", "What it changes in the model", "What the model leaves out"
IF_IGNORED, OBJECTIVE, PARAGRAPH, READ_FIRST = "If nobody answers", "Objective", "Paragraph", "Read this first"
CHANNELS = {"email": "e-mail", "radio": "radio", "phone": "telephone", "letter": "letter", "press": "press",
            "meeting": "meeting", "map": "map", "rumour": "rumour"}
AT = "round {round}, minute {minute}"
WHEN = "after a round, once {quantity} {op} {value} ({country})"
WHEN_SIGNS = {">": "is above", ">=": "is at least", "<": "is below", "<=": "is at most"}
RELEASED = "when the facilitator releases it"
DUE = "{minutes} minutes"
EVERYBODY = "all roles"
ALL_COUNTRIES = "all countries"
NOTHING_CHANGES = "nothing"
CHANGE_WORDS = {
    "set": "{title} becomes {value} {unit}", "scale": "{title} times {value}", "add": "{title} {value} {unit}",
}
IN_COUNTRIES = " in {countries}"
CHANGE_TIME = "{length}, {begins}"
FOR_DAYS = "for {days} days"
TO_THE_END = "to the end of the run"
FROM_ROUND = "from the first day of the round"
FROM_DAY = "from day {day} of the round"

FORM_TITLE = "{role}: orders of round ____"
FORM_ORDERS = ("order", "country", "new value", "why", "expected result, from ... to ...")
FORM_FORECASTS = ("what we forecast for the end of the round", "lowest", "highest")
FORM_ROWS, FORECAST_ROWS = 6, 3
FORM_SIGN = "An order that is a breach: role that signs, and reason"
FORM_MESSAGE = "Message to another table, or answer to an inject"

OBSERVER_NOTE = "You watch and write. You do not help, and you speak in the debrief. Write roles and never names."
OBSERVED_HEAD = ("objective", "P / S / M / U", "what you saw, and in which minute")
RATINGS = "P: done without difficulty. S: done with some difficulty. M: done with great difficulty. U: not done."
OBSERVED_BREACHES = "Breaches"
OBSERVED_BREACH_HEAD = ("order", "role that signed", "reason given", "round in which it ended")
OBSERVED_INJECTS = "Injects"
OBSERVED_INJECT_HEAD = ("inject", "answered in minute", "by which roles", "what was decided")
OBSERVED_TALK = "How they worked"
OBSERVED_QUESTIONS = (
    "Who spoke, and who did not?", "Which number was shared between tables, and which was not?",
    "When did they speak of people, and when of money?", "Where did the plan of the real world come up?",
)

EVALUATION_NOTE = "Please do not write your name. Answers are read together and destroyed after the report."
EVALUATION_SCALE = ("not at all", "a little", "partly", "mostly", "fully")
EVALUATION_HEAD = "The exercise ..."
EVALUATION_ROWS = (
    "fitted what my office would have to do.", "was clear from the first round.", "left enough time to decide.",
    "showed me what my decisions do to people.", "showed me limits of numbers.", "showed me a gap in our own plan.",
    "was respectful of people who flee.", "had a debrief that was worth its time.",
)
EVALUATION_OPEN = (
    "What will you do in another way next month?", "What should be left out next time?",
    "What was missing, or wrong?", "What can this model not tell you?",
)

TESTIMONY_NOTE = "Content note"
TESTIMONY_RULES = (
    "These texts are composed. No person said them.",
    "Read the content note, wait, and let people leave. Nobody asks why.",
    "Read slowly and do not act. Nobody comments on a text before a minute of silence.",
    "Leave them out if a protection officer advises it.",
)
NO_TESTIMONY = "This exercise has no testimony cards."
