## A study on paper.

sheet-status = { $status }. { $meaning }
sheet-full-title = Full title
sheet-made = { $how } This is information to talk over, no medical advice. The study team decides who may take part. Do not stop or change any medicine because of it.
sheet-questions = To ask the doctor and the study team
sheet-question-1 = Which points above do I meet, and which need a test first?
sheet-question-2 = What else could I do instead of taking part?
sheet-question-3 = What may go wrong, and how likely is that for me?
sheet-question-4 = How often must I come, for how long, and may it mean nights in hospital?
sheet-question-5 = May I go on with my medicines?
sheet-question-6 = Who pays for treatment, tests and travel, and for care if I am harmed?
sheet-question-7 = Can I stop at any time, and what happens then?
sheet-question-8 = What happens after the study ends?
sheet-must = What must be so, as published
sheet-must-not = What must not be so, as published
sheet-foot = { $id }, version { $version } of its record; trialway { $program }
sheet-more-sites = { $n ->
    [one] and 1 more site; the study’s page lists them all
   *[other] and { $count } more sites; the study’s page lists them all
}
