## The report of a screening.

report-heading = Screening for { $study }
report-footer = { $study }, patient { $patient }, for { $day }; { $program }
report-page = { $footer }; page { $page } of { $pages }
report-may = May match
report-may-means = Nothing in the record stands in the way. The study team must confirm it.
report-cannot-tell = We cannot tell yet
report-cannot-tell-means = Something is missing that would decide it.
report-no = Does not appear to match
report-no-means = At least one point is not met, as far as the record and our reading go. The study team can check it.
report-assumed = This rests on taking what the record does not mention as absent.
report-turns-on = It turns on: { $ids }.
report-by-strict = nothing is taken for granted that the record does not say
report-by-chart = illnesses and treatments that the record does not mention are taken as absent, and marked
report-study = Study
report-study-named = { $title } ({ $study })
report-patient = Patient
report-screened-for = Screened for
report-not-mentioned = Not mentioned
report-made-on = Report made on
report-record = Record of the study
report-program = Program
report-vocabulary = Vocabulary
report-asks = What to ask or measure
report-must = What must be so
report-must-not = What must not be so
report-met-means = “Met” means here that it does not stand in the way.
report-fields = The study record’s own fields
report-read = What was read of the patient’s record
report-used = { $used } entries were used, { $left } were left out.
report-more = and { $n } more
report-advice = This is information to talk over with the study team, who decide. It is no medical advice. Do not stop or change any medicine because of it. A program read the study’s text and the record; both readings can be wrong.
report-met = met
report-not-met = not met
report-open = open
report-in-record = In the record:
report-to-ask = To ask or measure:
report-line = { $lead } { $line }
report-code = A square code for phones; it says { $says }
report-source = { $line } [{ $source }]
report-source-old = { $line } [{ $source }; old, to be measured again]

## What there is to say of a result besides its effect.

note-missing = The record does not say.
note-not-understood = A part of the text was not understood.
note-judgement = The study doctor must judge this.
note-consent = Someone must agree to this.
note-not-applicable = Does not apply here.
note-assumed = Assumed: the record does not mention it.
note-moot = Settled without it.
note-likely = The words may be read otherwise.

## What to ask or measure. English is said by the engine itself, in the same words.

need-itself = { $first }
need-which-result = which of several results of that time holds: { $first }
need-measure-again = measure again: { $first }
need-exact-date = the exact date of: { $first }
need-number = a number for: { $first }
need-possible-value = a possible value for: { $first }
need-normal-range = the laboratory's normal range for: { $first }
need-at-baseline = the value at baseline for: { $first }
need-comparable-unit = in a unit that can be compared: { $first }
need-exact-value = an exact value for: { $first }
need-when = when it was: { $first }
need-which-kind = which kind it is: { $first }
need-whole-body = whether it reaches the whole body: { $first }
need-severity = how severe it is: { $first }
need-active = whether it is active: { $first }
need-controlled = whether it is controlled: { $first }
need-needs-treatment = whether it needs treatment: { $first }
need-confirmed-by = whether it was confirmed by { $first }: { $second }
need-refractory = whether it resists treatment: { $first }
need-said-of-it = whether this is said of it, “{ $first }”: { $second }
need-more = more about it: { $first }
need-same-as = whether { $first } is: { $second }
need-is-or-was = whether there is or was: { $first }
need-medicine-allergy = whether there is or was: any allergy to a medicine
need-planned = whether this is planned: { $first }
need-caused-by = whether it is caused by: { $first }
need-which-medicines = which of these medicines were taken, and how long: { $first }
need-other-study-end = when the other study ended
need-other-study = whether another study was joined lately
need-response = how the disease answered to treatment
need-which-response = which of several statements of the answer to treatment holds
need-birth = the date of birth
need-exact-birth = the exact date of birth
need-onset = the age when it began
need-sex = the sex recorded at birth
need-childbearing = whether she could become pregnant
need-sub-criterion = a sub-criterion could not be read
need-not-understood = read this criterion with the study team: a part of it was not understood
need-uncertain = read this criterion with the study team: its reading is uncertain

## What a result rests on.

shown-list = { $first }, { $last }
shown-named = { $written } ({ $name })
shown-yes = yes
shown-no = no
shown-number = { $name } { $value }
shown-words = { $name }: { $value }
shown-on = { $what }, { $day }
shown-from-to = { $what }, { $from } to { $to }
shown-since = { $what }, since { $from }
shown-until = { $what }, until { $to }
shown-calculated = { $what }, calculated from { $from } ({ $method })
shown-gestation = gestational age { $weeks } weeks { $days } days, { $what }
shown-age-years = age { $n } years on { $day }
shown-age-months = age { $n } months on { $day }
shown-age-weeks = age { $n } weeks on { $day }
shown-age-days = age { $n } days on { $day }
shown-female = female, { $what }
shown-sex-female = sex female
shown-sex-male = sex male
shown-sex-other = sex other
