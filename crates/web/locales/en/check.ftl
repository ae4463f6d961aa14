## "Check if this may match": a study's questions, and what the answers come to.

check-title = Check if this study may match
check-lead = Answer a few questions about the study’s points. After each page you see how it stands. “I don’t know” is always a good answer.
check-private = Your answers are used for this one page and then forgotten. They are not stored and not part of any address. The result is at most “may match”; the study team decides.
check-begin = Show the first questions
check-whom = Who is it for?
check-whom-self = For me
check-whom-child = For my child
check-whom-other = For somebody else I care for
check-age = Age
check-age-number = Age in full years, or in months for a baby
check-age-years = Years
check-age-months = Months
check-age-wrong = The age is not a whole number that a person can have. Please correct it, or leave it empty.
check-sex = Sex
check-sex-female = Female
check-sex-male = Male
check-sex-none = I do not want to say
check-yes = Yes
check-no = No
check-not-known = I don’t know
check-so-far = So far:
check-may = May match
check-may-means = Nothing that you said stands in the way. The study team must check it.
check-cannot-tell = We cannot tell yet
check-cannot-tell-means = Nothing that you said stands in the way so far, but some points are still open.
check-not = Does not seem to match
check-not-means = At least one point does not fit, as far as your answers and our reading go. Both can be wrong. The study team can check it.
check-because = Because of:
check-next = { $n ->
    [one] The last question
   *[other] Next questions (of { $n } that are open)
}
check-as-written = Our program could not read these points. They stand here as the study wrote them. If the words are hard, choose “I don’t know” and ask a doctor.
check-go-on = Go on
check-no-more = There are no more questions that you could answer here.
check-said = Who it is for, and your answers so far ({ $n }). Look or change
check-change = Use the changed answers
check-take = Take it to your doctor
check-take-means = A sheet with the result, your answers, and every point of the study. It is made now and not kept here.
check-sheet-pdf = Sheet (PDF)
check-sheet-html = Sheet (HTML)
check-sheet-heading = Answers held against { $study }
check-sheet-patient = who answered, or for whom
check-sheet-answers = What was answered
check-sheet-years = { $n ->
    [one] 1 year
   *[other] { $n } years
}
check-sheet-months = { $n ->
    [one] 1 month
   *[other] { $n } months
}
check-team = Ask the study team
check-team-means = Write to the study team. Your answers go to the next page, and from there no further unless you tick them, one by one.
check-team-go = Contact the study team
check-team-yourself = The study team can tell you what is still open. The next page shows how to reach them. Your answers are not passed on.
check-ask-about = To settle the rest, ask about
check-more = { $n ->
    [one] And one more point.
   *[other] And { $n } more points.
}
check-later = What people decide later
check-assent = This study takes children. For a child, a parent or guardian must agree. A child who can understand is asked, too; that is called assent.
check-fits = { $n ->
    [one] One point that fits so far
   *[other] { $n } points that fit so far
}
check-anew = Start anew
check-why-asked = Why this is asked
check-point = Point { $id }
check-field = From the record’s fields
check-number = Latest value
check-number-in = Latest value, in { $unit }
check-number-empty = Leave it empty if you don’t know. If your report has another unit, write it behind the number.
check-number-wrong = This is not read as a number. Write it like 85 or 0.9, or leave it empty.

check-ask-number = Do you know this? { $what }
check-ask-has = { $whom ->
    [child] Does your child have { $what }?
    [other] Does the person have { $what }?
   *[self] Do you have { $what }?
}
check-ask-may-have = { $whom ->
    [child] Does your child have, or may your child have, { $what }?
    [other] Does the person have, or may the person have, { $what }?
   *[self] Do you have, or may you have, { $what }?
}
check-ask-has-or-had = { $whom ->
    [child] Does your child have { $what }, or did your child ever have it?
    [other] Does the person have { $what }, or did the person ever have it?
   *[self] Do you have { $what }, or did you ever have it?
}
check-ask-had = { $whom ->
    [child] Did your child have { $what }?
    [other] Did the person have { $what }?
   *[self] Did you have { $what }?
}
check-ask-ever-had = { $whom ->
    [child] Did your child ever have { $what }?
    [other] Did the person ever have { $what }?
   *[self] Did you ever have { $what }?
}
check-ask-having = { $whom ->
    [child] Is your child having { $what } now?
    [other] Is the person having { $what } now?
   *[self] Are you having { $what } now?
}
check-ask-takes = { $whom ->
    [child] Does your child take { $what }?
    [other] Does the person take { $what }?
   *[self] Do you take { $what }?
}
check-ask-takes-or-took = { $whom ->
    [child] Does your child take { $what }, or did your child ever take it?
    [other] Does the person take { $what }, or did the person ever take it?
   *[self] Do you take { $what }, or did you ever take it?
}
check-ask-took = { $whom ->
    [child] Did your child take { $what }?
    [other] Did the person take { $what }?
   *[self] Did you take { $what }?
}
check-ask-treated = { $whom ->
    [child] Was your child treated with { $what }?
    [other] Was the person treated with { $what }?
   *[self] Were you treated with { $what }?
}
check-ask-allergic = { $whom ->
    [child] Is your child allergic to { $what }?
    [other] Is the person allergic to { $what }?
   *[self] Are you allergic to { $what }?
}
check-ask-childbearing = { $whom ->
    [child] Can your child become pregnant?
    [other] Can the person become pregnant?
   *[self] Can you become pregnant?
}
check-ask-in-another = { $whom ->
    [child] Does your child take part in another study now?
    [other] Does the person take part in another study now?
   *[self] Do you take part in another study now?
}
check-ask-was-in-another = { $whom ->
    [child] Did your child take part in another study { $what }?
    [other] Did the person take part in another study { $what }?
   *[self] Did you take part in another study { $what }?
}
check-ask-is-so = { $whom ->
    [child] Is this so for your child? { $what }
    [other] Is this so for the person? { $what }
   *[self] Is this so for you? { $what }
}
check-ask-as-written = { $whom ->
    [child] Is this so for your child, as it is written? “{ $what }”
    [other] Is this so for the person, as it is written? “{ $what }”
   *[self] Is this so for you, as it is written? “{ $what }”
}
check-ask-judged = The study doctor decides: { $what }
check-ask-agreed = Somebody must agree: { $what }

check-link = Check if this study may match you or your child
check-home-heading = Answer a few questions
check-home-before = Say what it is about and tick what you know.
check-home-link = Look through all studies for me or my child
check-home-after = You can check one study on its own page, too.

check-all-title = All studies for me or my child
check-all-lead = Answer what you know. Then you see which studies may match, and why.
check-all-conditions = Which illness is it about?
check-all-conditions-hint = The name as a doctor writes it is best. More than one: each on a line of its own. No names of people are needed.
check-all-no-condition = Please write which illness it is about.
check-all-place = Nearest city
check-all-medicines = Which medicines are taken now? Each on a line of its own
check-all-facts = What many studies ask
check-all-go = Show the studies
check-fact-pregnant = Pregnant?
check-fact-breastfeeding = Breastfeeding?
check-fact-diabetes = Diabetes?
check-fact-hypertension = High blood pressure?
check-fact-heart-failure = Heart failure?
check-fact-kidney = Chronic kidney disease?
check-fact-liver = Liver disease?
check-fact-cancer = Cancer?
check-fact-hiv = HIV?
check-fact-hepatitis-b = Hepatitis B?
