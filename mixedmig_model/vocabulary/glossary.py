"""Short meanings of terms and labels.

``docs/glossary.md`` is written from them. They follow the usage of UNHCR, IOM and EUAA, in short wording that is still
to be checked against their glossaries. Tests hold the labels equal to ``vocabulary/labels.py`` and the stocks to
``equations/table.py``.
"""

FIELD = {
    "Mixed movement": "People travelling together, by the same routes and means, generally irregularly, for different "
    "reasons and with different needs. Mixed migration is the same seen as a whole.",
    "Route": "How people come to a country: by sea, by land or by air. In the model each country of a case has one.",
    "Place of safety": "Where a rescue ends: life is no longer threatened, basic needs are met, onward transport can "
    "be arranged, and there is no risk of refoulement. Disembarkation is landing there.",
    "Search and rescue": "Finding people in distress at sea or on land and bringing them to a place of safety.",
    "Reception": "Open accommodation and services on arrival and while a claim is pending.",
    "Registration": "Recording identity and basic data, with a document for the person. Not the same as lodging a "
    "claim.",
    "Screening and referral": "Short, early, non-binding profiling that sends people to the right procedure and help. "
    "Not a decision on status, and alone never a ground for return.",
    "Sensitivity and specificity": "Of screening: the share of people with a need whom it sees, and the share of "
    "people without it whom it rightly does not refer.",
    "Specific needs": "Needs for particular care or safeguards: of children alone, survivors of torture or of "
    "gender-based violence, and trafficked people. Also of people who are ill, older or pregnant, or who have a "
    "disability. Looked for repeatedly.",
    "Late disclosure": "A need that a person discloses only later, as trust grows. The norm after trafficking and "
    "torture.",
    "Unaccompanied or separated child": "A child without parents, or without the adult responsible by law or custom; "
    "in the model, a child alone.",
    "Best interests assessment, procedure and determination (BIA, BIP, BID)": "Ways of finding what is best for a "
    "child; the determination is the formal one with strict safeguards.",
    "Family unity": "Parents and children stay together. Where law exempts a child from detention, it covers the "
    "adults who care for the child.",
    "Age assessment": "Multidisciplinary, a last resort, with the benefit of the doubt.",
    "Refugee status determination (RSD)": "Deciding whether a person is a refugee: at first instance by a state, or "
    "by UNHCR under its mandate.",
    "Regular procedure": "A full individual examination.",
    "Accelerated procedure": "The same examination within shorter times. Simplified procedures write a shorter "
    "reasoned file; merged ones join two interviews in one.",
    "Prima facie recognition": "Recognition of a group by objective circumstances, without individual interviews.",
    "Admissibility, safe third country": "Tests before the merits of a claim; they change the route and add errors of "
    "their own. Not in the model.",
    "Appeal": "Independent review of a decision. Suspensive effect: the person may stay while it is pending.",
    "Complementary protection": "Protection of people who are not refugees and still may not be returned; subsidiary "
    "and humanitarian statuses are forms of it.",
    "International protection": "The protection to which refugees are entitled, and people with a right to "
    "complementary protection.",
    "Non-refoulement": "Nobody is returned to persecution, torture or irreparable harm. Absolute: a gate, never a "
    "cost.",
    "Recognition rate": "Positive decisions over all decisions. In the model it comes out; it is never put in.",
    "Backlog": "Work waiting. Written in days: the work in a queue over what the team can do in a day.",
    "Durable solutions": "Voluntary repatriation, local integration and resettlement. Complementary pathways add to "
    "them.",
    "Resettlement": "The transfer of refugees to a third country that has agreed to admit them for good.",
    "Self-reliance": "Meeting one's own needs, in a lasting way and with dignity. Counted here as local integration.",
    "Complementary pathways": "Regular ways to another country other than resettlement: family, work, study, "
    "humanitarian.",
    "Assisted voluntary return and reintegration (AVRR)": "Return with help, by free and informed choice. Offered "
    "from detention or destitution the choice is contested: the model counts it separately, as induced.",
    "Enforced return": "Removal carried out by an authority.",
    "Readmission": "Acceptance by the country of nationality or transit, without which nobody can be returned.",
    "Remigration": "Departing again after a return.",
    "Alternatives to detention (ATD)": "Any law, policy or practice by which people live in the community while their "
    "status is resolved or their return prepared.",
    "Detention": "Deprivation of liberty. A last resort for adults; children should never be detained.",
    "Absconding": "Leaving the procedure without leave, and staying in the country. Counted separately from onward "
    "movement.",
    "Onward movement": "Moving on to another country. Often a search for protection.",
    "Regularisation": "Granting a status to people who have none.",
    "Pushback": "Turning people back, or refusing them landing, without individual assessment. A breach in every "
    "report.",
    "Responsibility sharing": "Agreed shares of arrivals, places and transfers among states.",
    "Staff needed": "The smallest constant team, in whole officers, that keeps 95 % within the standard of its "
    "service, in each country. None where even staff without end come late.",
    "Host community": "Residents who share services and places with those who arrive.",
    "People of concern, in need, targeted": "Three different numbers of a response plan, never to be mixed.",
    "True need and assessed status": "The protection to which a person is entitled, and the status that the "
    "authorities have established. Nobody in the model knows the first; most wrongs are the difference between the "
    "two.",
    "Breach, harm": "A breach is a choice of an authority against a norm; a harm can happen even to a good plan. Both "
    "lead every report.",
    "Group": "People with the same true need and flags. An aggregate, never a person and never a nationality.",
    "Lever, uncertain, fixed": "Roles of a parameter. A lever is a choice of policy, an uncertain parameter is not "
    "known well, and a fixed one is a standard.",
    "Observation": "A published figure of a stock at a date, or of an amount over a period. It was an input, or fitted "
    "to, or is predicted.",
    "Ledger of the data": "Published stocks at two dates against the published flows between them. What they do not "
    "explain is printed, and nothing is fitted to it.",
    "Measured, published, assumption": "Qualities of a value. It was counted on the spot, or found in a publication, "
    "or is a planning value without a source.",
}

STAGES = {
    "registration": "Ashore and known to be there, waiting for registration or being registered.",
    "screening": "Registered, waiting for screening or being screened.",
    "counselling": "Informed of rights and options: to claim asylum, to return with assistance, or to await a "
    "decision.",
    "referral": "In the care to which screening sent people with specific needs; children alone in best-interests "
    "procedures.",
    "determination": "Waiting for a first decision on status, or being heard.",
    "appeal": "Refused at first instance, waiting for an independent review.",
    "protected": "Recognised, or given another protection.",
    "return": "Under an individual return decision that is being prepared.",
    "limbo": "Under a return decision that cannot be carried out, without a status.",
}

PLACES = {
    "detention": "Closed: people are deprived of their liberty.",
    "alternative": "An alternative to detention, with case management.",
    "reception": "An open centre, site or paid room with services.",
    "community": "A home: with family, rented, or with a host.",
    "unsheltered": "Without a place to live.",
}

FUNCTIONS = {
    "registration": "Registers people at desks; staff are counted, and share a desk.",
    "screening": "Interviews people once they are registered, and refers them.",
    "referral": "Social workers who assess needs and best interests.",
    "determination": "Caseworkers who decide at first instance.",
    "appeal": "Panels that decide appeals.",
    "return": "Officers who prepare returns: documents, travel, escorts.",
}

GRADES = {
    "training": "Hired and not yet at work; takes some of the time of those who teach.",
    "novice": "At work, below full output.",
    "active": "At full output.",
}

NEEDS = {
    "international": "Owed international protection: refugees, and people with a right to complementary protection.",
    "other": "Owed another protection: trafficked people, children alone, people with grave specific needs.",
    "none": "No protection need known. Still a person with rights.",
}

FLAGS = {
    "child": "Under 18, whatever an authority assessed.",
    "alone": "A child without parents or a responsible adult.",
    "trafficked": "Recruited, moved or held for exploitation by force, deceit or abuse; for a child, by any means.",
    "stateless": "Held by no state as its national.",
    "survivor": "Survived torture or gender-based violence.",
    "ill": "Seriously ill.",
    "older": "Older, with needs of age.",
    "disability": "With a disability.",
    "pregnant": "Pregnant.",
}

STOCKS = {
    "at_sea": "On the way by sea or overland, not yet arrived.",
    "adrift": "Refused landing or abandoned at sea, in the care of nobody; called stranded in many reports.",
    "moving": "On the way from one country of the run to another country.",
    "people": "Ashore and known to the authorities, in one stage and one place.",
    "irregular": "In a country without a record or a status there. A situation, not a kind of person.",
    "returned_assisted": "Back with assistance, by free choice.",
    "returned_induced": "Back with assistance accepted in detention or without shelter: never called voluntary here.",
    "returned_enforced": "Removed by an authority.",
    "elsewhere": "Moved on to a country that is not in the run.",
    "displaced": "Took another route after this one was made harder. Counted, never lost.",
    "resettled": "Resettled in a third country.",
    "integrated": "Self-reliant where they are.",
    "repatriated": "Went home by free choice, after protection.",
    "regularised": "Given a status by regularisation.",
    "closed": "Claim closed without a decision. What became of the person is not known.",
    "died_crossing": "Died or went missing on the crossing.",
    "died_onward": "Died or went missing on the way to another country.",
    "died_adrift": "Died while refused or abandoned at sea.",
    "turned_back": "Turned back towards the country they left.",
    "in_own_country": "Landed or arrived in the country of their origin, and went home: no procedure, no return.",
    "staff": "Officers and panels in post, trainees included.",
}
SECTIONS = {
    "Terms of the field": FIELD,
    "Stages: what the authorities have established": STAGES,
    "Places: where a person lives": PLACES,
    "Functions: what staff do": FUNCTIONS,
    "Grades of staff": GRADES,
    "Needs: the protection a person needs": NEEDS,
    "Flags: specific needs": FLAGS,
    "Stocks": STOCKS,
}
"""Sections of the glossary in order."""
