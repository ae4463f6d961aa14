## One sentence about the whole study.

gist-treatment = This study tests { $what } in { $who } with { $condition }.
gist-treatment-many = This study tests { $what } in { $who }. It is about { $condition }.
gist-compare = This study compares { $what } in { $who }. It is about { $condition }.
gist-compare-healthy = This study compares { $what } in { $who }.
gist-healthy = This study tests { $what } in { $who }.
gist-withdrawn = This study was about { $condition }. By the record, it was withdrawn, and nobody took part.
gist-prevention = This study tests { $what } to help prevent { $condition }. It is for { $who }.
gist-services = This study looks at how care is given: { $what }. It is about { $condition }.
gist-diagnostic = This study tests { $what } as a way to find or follow disease. It is about { $condition }, and for { $who }.
gist-other = This study looks at { $what } in { $who }. It is about { $condition }.
gist-observed = This study looks at { $who } with { $condition }. It does not choose anyone's treatment.
gist-observed-many = This study is about { $condition }. It looks at { $who } and does not choose anyone's treatment.
gist-watched = This study looks at { $who } with { $condition }.
gist-watched-many = This study is about { $condition }. It looks at { $who }.
gist-watched-listed = This study looks at { $who } with { $condition }. The record lists { $what } as what it looks at.
gist-watched-listed-many = This study is about { $condition }. It looks at { $who }. The record lists { $what } as what it looks at.
gist-access = This is a way to get { $what } outside a trial, through a doctor. It is for { $who } with { $condition }.
gist-access-many = This is a way to get { $what } outside a trial, through a doctor. It is for { $who }. It is about { $condition }.
gist-no-treatment = This study is about { $condition }. It is for { $who }.
gist-no-treatment-all = This study is about { $condition }.
gist-title = Its title says “{ $words }”.

who-people = people
who-women = women
who-men = men
who-females = women and girls
who-males = men and boys
# Where the record gives no age.
who-female = female participants
who-male = male participants
who-adults = adults
who-children = children and teenagers
who-healthy = { $who } (healthy people, too)
who-healthy-only = { $who } who are healthy

list-two = { $first } and { $last }
list-many = { $first }, { $last }
list-more = { $first } and { $n } more
list-more-or = { $first } or { $n } more
# What every group is given, and what only some are.
list-plus = { $all } plus { $some }
list-with-or-without = { $all } (with or without { $some })
list-some = { $names } (not everyone may get all of these)
list-quoted = “{ $name }”
list-along = { $what } along with { $others }
list-together = { $what } together with other treatment
kinds-of = certain kinds or stages of { $name }

## What it studies.

purpose-treatment = Its aim is to learn more about treating { $condition }.
purpose-treatment-many = Its aim is to learn more about treatment. The record lists { $condition } as what it is about.
purpose-help = Its aim is to learn more about helping people with { $condition }.
purpose-help-many = Its aim is to learn more about helping people. The record lists { $condition } as what it is about.
purpose-safe = By its record, its aim is to learn how safe the medicine is.
purpose-levels = By its main measures, its aim is to learn how the medicine moves through the body.
purpose-safe-and-levels = By its record, its aim is to learn how safe the medicine is, and how it moves through the body.
purpose-prevention = Its aim is to learn how to prevent { $condition }.
purpose-prevention-in = Its aim is to help prevent problems in people with { $condition }.
purpose-prevention-listed = The record says that its aim is to prevent illness. It lists { $condition } as the condition.
purpose-listed = The record lists { $condition } as the condition.
purpose-diagnostic = Its aim is to learn how to find or follow { $condition }.
purpose-diagnostic-many = Its aim is to learn how to find or follow disease. The record lists { $condition } as what it is about.
purpose-supportive = Its aim is to help people feel or cope better. It does not aim at the illness itself.
purpose-support = Its aim is to support people during or after an illness (for example comfort, food, coping).
purpose-screening = Its aim is to learn how to find people who have { $condition }, or who may get it.
purpose-screening-many = Its aim is to learn how to find people who have an illness, or who may get it. The record lists { $condition } as what it is about.
purpose-education = Its aim is to learn how teaching or advice can help.
purpose-services = Its aim is to learn how care is given.
purpose-science = Its aim is to learn how the body or an illness works.
purpose-device = Its aim is to learn if a device can be used as planned.

phase-early = It is in early phase 1: a very first test, most often in a few people.
phase-1 = It is in phase 1: an early test, mainly of how safe the treatment is.
phase-1-plain = It is in phase 1: an early test, most often in a few people.
phase-1-levels = It is in phase 1: an early test. It mainly measures how the medicine moves through the body.
phase-1-2 = It is in phase 1 and 2: it tests how safe the treatment is, and then if it may work.
phase-2 = It is in phase 2: it tests if the treatment may work, and how safe it is.
phase-2-3 = It is in phase 2 and 3: it tests if the treatment works, most often first in some people and then in many.
phase-3 = It is in phase 3: a late test of whether the treatment works, most often in many people.
phase-4 = It is in phase 4: the treatment is already approved, and is followed in daily use.

measures = The main thing it measures is “{ $what }”.
measures-when = The main thing it measures is “{ $what }” (when: { $when }).
measures-more = The record names { $n } main things that it measures. The first is “{ $what }”.
size-planned = The plan is for { $n } people to take part.
size-actual = { $n } people took part.
run-by-industry = A company, { $name }, runs the study.
run-by = { $name } runs the study.
run-by-industry-past = A company, { $name }, ran the study.
run-by-past = { $name } ran the study.
began = It began in { $date }.
begins = The record expects it to begin in { $date }.
begins-as-of = When the record was last changed, in { $updated }, the study was expected to begin in { $date }.
ends = The record expects it to end in { $date }.
ends-as-of = When the record was last changed, in { $updated }, the study was expected to end in { $date }.
ended = It ended in { $date }.
finished = By the record, the study is completed.
stopped = By the record, the study was stopped early.
closed = It takes in no new people.
paused = By the record, the study is paused and takes in no new people for now.
state-unknown = Its state is not known.
state-unknown-as-of = Its state is not known: the record was last changed in { $updated }.

## What taking part involves.

random = Chance decides which group you are in.
random-past = Chance decided which group people were in.
random-closed = Chance decides which group the people in the study are in.
random-two = Chance decides which group you are in, like the toss of a coin.
random-two-past = Chance decided which group people were in, like the toss of a coin.
random-two-closed = Chance decides which group the people in the study are in, like the toss of a coin.
random-in-part = Chance has a part in which group you are in.
random-in-part-past = Chance had a part in which group people were in.
random-in-part-closed = Chance has a part in which group the people in the study are in.
not-random = The groups are not made up by chance.
not-random-past = The groups were not made up by chance.
one-group = There is one group. Everyone who joins is in it.
one-group-past = There was one group. Everyone who joined was in it.
one-group-closed = There is one group. All people in the study are in it.
crossover = People in a group change to another treatment during the study, so that each person gets more than one.
crossover-past = People in a group changed to another treatment during the study, so that each person got more than one.
factorial = Some groups get more than one of the treatments at once.
factorial-past = Some groups got more than one of the treatments at once.
groups = There are { $n } groups.
groups-past = There were { $n } groups.
open-label = You and the study team will know what you are given.
open-label-past = The people who took part and the study team knew what they were given.
open-label-closed = The people in the study and the study team know what they are given.
masked-you = You will not be told what you are given.
masked-you-past = The people who took part were not told what they were given.
masked-you-closed = The people in the study are not told what they are given.
masked-you-and-team = You and some of the study team will not be told what you are given.
masked-you-and-team-past = The people who took part and some of the study team were not told what they were given.
masked-you-and-team-closed = The people in the study and some of the study team are not told what they are given.
masked-team = Some of the study team will not be told who is given what.
masked-team-past = Some of the study team were not told who was given what.
masked-team-closed = Some of the study team are not told who is given what.
masked-team-groups = Some of the study team will not be told who is in which group.
masked-team-groups-past = Some of the study team were not told who was in which group.
masked-team-groups-closed = Some of the study team are not told who is in which group.
placebo = At least one group is given a placebo. It seems like what is tested, but has no effect of its own.
placebo-past = At least one group was given a placebo. It seems like what is tested, but has no effect of its own.
sham = At least one group is given a sham: it looks like the treatment but does nothing.
sham-past = At least one group was given a sham: it looks like the treatment but does nothing.
no-treatment-group = By the record, one group gets no study treatment. It may still get usual care.
no-treatment-group-past = By the record, one group got no study treatment. It may still have got usual care.
watched = By the record, you are watched or asked questions. The study does not choose your treatment.
watched-samples = By the record, you are watched or asked questions, and samples such as blood or tissue may be used. The study does not choose your treatment.
watched-genes = By the record, you are watched or asked questions, and samples such as blood or tissue may be used. Genes may be looked at in them. The study does not choose your treatment.
watched-past = By the record, people were watched or asked questions. The study did not choose their treatment.
watched-closed = By the record, people are watched or asked questions. The study does not choose their treatment.
watched-samples-past = By the record, people were watched or asked questions, and samples such as blood or tissue may have been used. The study did not choose their treatment.
watched-samples-closed = By the record, people are watched or asked questions, and samples such as blood or tissue may be used. The study does not choose their treatment.
watched-genes-past = By the record, people were watched or asked questions, and samples such as blood or tissue may have been used. Genes may have been looked at in them. The study did not choose their treatment.
watched-genes-closed = By the record, people are watched or asked questions, and samples such as blood or tissue may be used. Genes may be looked at in them. The study does not choose their treatment.
watched-back = The study looks back at what has already been recorded.
watched-back-past = The study looked back at what had already been recorded.
lacks-burden = The record has no set place for the number of visits, nights in hospital, costs or pay. Its own text may tell some of this. Ask the study team about them.

## Why it matters: only what the record bears out.

matters-treatment = It is done to find out if treatment with { $what } can help people with { $condition }.
matters-treatment-many = It is done to find out if treatment with { $what } can help. The record lists { $condition } as what it is about.
matters-help = It is done to find out if { $what } can help people with { $condition }.
matters-help-many = It is done to find out if { $what } can help. The record lists { $condition } as what it is about.
matters-safety = It is done to find out how safe treatment with { $what } is for people with { $condition }.
matters-safety-many = It is done to find out how safe treatment with { $what } is. The record lists { $condition } as what it is about.
matters-safety-help = It is done to find out how safe treatment with { $what } is, and if it can help people with { $condition }.
matters-safety-help-many = It is done to find out how safe treatment with { $what } is, and if it can help. The record lists { $condition } as what it is about.
matters-safety-plain = It is done to find out how safe { $what } is.
matters-levels = It is done to find out how { $what } moves through the body.
matters-safe-and-levels = It is done to find out how safe { $what } is, and how it moves through the body.
matters-feasibility = It is done to find out how well { $what } can be used for people with { $condition }.
matters-feasibility-many = It is done to find out how well { $what } can be used. The record lists { $condition } as what it is about.
matters-prevention = It is done to find out if { $what } can help prevent { $condition }.
matters-observed = What is learned may help people with { $condition } later on.
matters-observed-many = What is learned may help people later on. The record lists { $condition } as what it is about.
matters-you = Taking part may not help you, and may carry risks. The study team must tell you about them.
matters-you-closed = Taking part may not help a person, and may carry risks. The study team must tell people about them.

## Who may fit: the ends of "This study may fit people who …".

age-between = are { $low } to { $high } { $unit } old
age-at-least = are { $value } { $unit } old or older
age-more = are older than { $value } { $unit }
age-at-most = are { $value } { $unit } old or younger
age-less = are younger than { $value } { $unit }
age-equal = are { $value } { $unit } old
onset-at-least = were { $value } { $unit } old or older when { $name } began
onset-more = were older than { $value } { $unit } when { $name } began
onset-at-most = were { $value } { $unit } old or younger when { $name } began
onset-less = were younger than { $value } { $unit } when { $name } began
onset-equal = were { $value } { $unit } old when { $name } began
unit-years = years
unit-months = months
unit-weeks = weeks
unit-days = days
unit-hours = hours
unit-minutes = minutes
long-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
long-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
long-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
long-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
long-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}

female = are female
male = are male
childbearing = { $no ->
    [yes] cannot become pregnant
   *[no] can become pregnant
}
pregnant = { $no ->
    [yes] are not pregnant
   *[no] are pregnant
}
breastfeeding = { $no ->
    [yes] are not breastfeeding
   *[no] are breastfeeding
}
have = { $no ->
    [yes] do not have { $name }
   *[no] have { $name }
}
may-have = { $no ->
    [yes] do not have { $name }, and are not thought to
   *[no] have { $name }, or may have it
}
have-ever = { $no ->
    [yes] have never had { $name }
   *[no] have or have had { $name }
}
have-lasting = { $no ->
    [yes] have not had { $name } { $when }
   *[no] have had { $name } { $when }
}
take-lasting = { $no ->
    [yes] have not taken { $name } { $when }
   *[no] have taken { $name } { $when }
}
had = { $no ->
    [yes] did not have { $name } { $when }
   *[no] had { $name } { $when }
}
plan = { $no ->
    [yes] do not plan or expect { $name }
   *[no] plan or expect { $name }
}
take = { $no ->
    [yes] do not take { $name }
   *[no] take { $name }
}
take-ever = { $no ->
    [yes] have never taken { $name }
   *[no] take or have taken { $name }
}
took = { $no ->
    [yes] did not take { $name } { $when }
   *[no] took { $name } { $when }
}
took-lately = { $no ->
    [yes] did not take { $name } lately
   *[no] took { $name } lately
}
had-lately = { $no ->
    [yes] did not have { $name } lately
   *[no] had { $name } lately
}
given-lately = { $no ->
    [yes] were not given { $name } lately
   *[no] were given { $name } lately
}
given = { $no ->
    [yes] are not given { $name }
   *[no] are given { $name }
}
given-ever = { $no ->
    [yes] have never been given { $name }
   *[no] have been given { $name }
}
given-when = { $no ->
    [yes] were not given { $name } { $when }
   *[no] were given { $name } { $when }
}
undergo = { $no ->
    [yes] are not having { $name }
   *[no] are having { $name }
}
undergo-ever = { $no ->
    [yes] have never had { $name }
   *[no] have had { $name }
}
allergic = { $no ->
    [yes] are not allergic to { $name }
   *[no] are allergic to { $name }
}
measure-at-least = have { $name } of at least { $limit }
measure-more = have { $name } above { $limit }
measure-at-most = have { $name } of at most { $limit }
measure-less = have { $name } below { $limit }
measure-equal = have { $name } of { $limit }
measure-range = have { $name } from { $low } to { $high }
limit-upper = { $n } times the top of the normal range
limit-upper-one = the top of the normal range
limit-lower = { $n } times the bottom of the normal range
limit-lower-one = the bottom of the normal range
result-positive = { $no ->
    [yes] do not have a positive test for { $name }
   *[no] have a positive test for { $name }
}
result-positive-test = { $no ->
    [yes] do not have a positive { $name }
   *[no] have a positive { $name }
}
result-negative-test = { $no ->
    [yes] do not have a negative { $name }
   *[no] have a negative { $name }
}
result-negative = { $no ->
    [yes] do not have a negative test for { $name }
   *[no] have a negative test for { $name }
}
result-normal = { $no ->
    [yes] do not have a normal { $name }
   *[no] have a normal { $name }
}
result-abnormal = { $no ->
    [yes] do not have an abnormal { $name }
   *[no] have an abnormal { $name }
}
result-above = { $no ->
    [yes] do not have { $name } above the normal range
   *[no] have { $name } above the normal range
}
result-below = { $no ->
    [yes] do not have { $name } below the normal range
   *[no] have { $name } below the normal range
}
grade-range = { $no ->
    [yes] do not have { $name } { $low } to { $high }
   *[no] have { $name } { $low } to { $high }
}
grade-of = { $name } of { $of }
grade = { $no ->
    [yes] do not have { $name } { $grades }
   *[no] have { $name } { $grades }
}
remission = { $no ->
    [yes] are not in remission
   *[no] are in remission
}
relapse = { $no ->
    [yes] have not had the illness come back after treatment
   *[no] have had the illness come back after treatment
}
not-helped = were not helped enough by treatment
other-study = { $no ->
    [yes] are not in another study
   *[no] are in another study
}
other-study-when = { $no ->
    [yes] were not in another study { $when }
   *[no] were in another study { $when }
}
other-study-of = { $no ->
    [yes] are not in another study of { $of }
   *[no] are in another study of { $of }
}
other-study-of-when = { $no ->
    [yes] were not in another study of { $of } { $when }
   *[no] were in another study of { $of } { $when }
}
study-of-drugs = drugs
study-of-devices = devices
study-of-vaccines = vaccines
study-of-treatments = treatments
no-when = { $phrase } { $when }

when-last = in the last { $long }
when-before = in the { $long } before { $anchor }
when-ago = more than { $long } ago
when-ago-before = more than { $long } before { $anchor }
when-lasting = for at least { $long }
when-lasting-more = for more than { $long }

with-mild = at least mild { $name }
with-moderate = moderate or severe { $name }
with-severe = severe { $name }
with-active = active { $name }
with-uncontrolled = uncontrolled { $name }
with-refractory = treatment-resistant { $name }
with-words = { $words } { $name }
with-treatment = { $name } that needs treatment
with-donor = { $name } from a donor
with-own = { $name } from one's own body
with-proof = { $name } shown by { $proof }
with-other-than = { $name } (but not { $others })

join-and = { $first } and { $last }
join-or = { $first } or { $last }
only-if = { $then } (asked only of people who { $if })
or-else = { $base }, or who { $unless }
but-not = { $base } (it does not count for people who { $unless })
in-group = { $phrase } (for the group “{ $group }”)

month-year = { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# What a sentence says of a limit, for the check of its direction; apart by semicolons.
cues-lower = at least; or older; older than; above
cues-upper = at most; or younger; younger than; below

## How a criterion is read.

read-and = { $first }; and { $last }
read-or = { $first }; or { $last }
read-list = { $first }; { $last }
read-mixed = ({ $words })
read-all-below = all of the points below
read-any-below = any of the points below
read-none-below = none of the points below
read-point-below = the point below
read-below = the points below
read-applies = this applies
read-not = not: { $words }
read-n-below = at least { $n } of the points below
read-n = at least { $n } of: { $words }
read-only-if = only if { $if }: { $then }
read-or-else = { $base }, or else { $unless }
read-but-not = { $base }, but it does not count with { $unless }
read-unread = “{ $words }” (not read)
read-age = age { $comparator } { $value } { $unit }
read-at-least = at least
read-more = more than
read-at-most = at most
read-less = less than
read-equal = exactly
read-female = female
read-male = male
read-childbearing = able to become pregnant
read-result = { $name }: { $wanted }
read-positive = positive
read-negative = negative
read-normal = normal
read-abnormal = abnormal
read-above = above the normal range
read-below-normal = below the normal range
read-of = { $words } of { $name }
read-no-remission = no remission
read-no-complete-remission = no complete remission
read-relapse = relapse
read-inadequate = treatment did not help enough
read-remission = remission
read-cause = { $name } is caused by { $cause }
read-in-study = is taking part in another study
read-was-in-study = took part in another study
read-limit-upper-one = the laboratory's upper limit of normal
read-limit-upper = { $n } times the laboratory's upper limit of normal
read-limit-lower = { $n } times the laboratory's lower limit of normal
read-limit-baseline = { $n } times the value at baseline
read-measure = { $name } { $comparator } { $limit }
read-when = { $words } { $when }
read-afterwards = during { $long } afterwards
read-anything = anything
read-behind = { $name } ({ $words })
read-unless = { $name } (unless: { $words })
read-treatment = { $name } that needs treatment
read-confirmed = { $name } confirmed by { $proof }
read-other-than = { $name }, other than { $others }
read-so = this is so: { $name }
read-so-ever = this is or was so: { $name }
read-allergic = allergic to { $name }
read-allergic-severely = severely allergic to { $name }
read-allergic-moderately = at least moderately allergic to { $name }
read-planned = { $name } is planned
read-has = has { $name }
read-may-have = has, or may have, { $name }
read-ever = has or ever had { $name }
read-may-ever = has or ever had, or may have had, { $name }
read-had = had { $name }
read-may-had = had, or may have had, { $name }
read-takes = takes { $name }
read-took-ever = takes or ever took { $name }
read-took = took { $name }
read-undergoes = is having { $name }
read-undergone-ever = ever had { $name }
read-undergone = had { $name }
read-grade = { $name }: { $grades }
read-medicines = medicines
read-treated = was treated with { $names }
read-treated-n = was treated with at least { $n } of: { $names }
read-one-of = { $words }, one of them { $name }
read-each-at-least = { $words }, each for at least { $long }
read-each-more = { $words }, each for more than { $long }
read-each-at-most = { $words }, each for at most { $long }

## What somebody judges or agrees to: the questions of the list of topics.

topic-investigator-opinion = the study doctor's opinion whether taking part is suitable
topic-venous-access = whether the veins are good enough for the study's blood draws
topic-apheresis = whether cells can be collected from the blood (leukapheresis)
topic-hemodynamic-stability = whether blood pressure and circulation are stable
topic-vital-signs = whether the vital signs (pulse, blood pressure, breathing) are stable
topic-compliance = whether the person is willing and able to follow the study's visits and rules
topic-interference = the study doctor's opinion whether anything would interfere with the study
topic-informed-consent = whether the informed consent form has been signed
topic-contraception = whether the person agrees to use effective birth control
topic-health = whether the study doctor finds the person in good health
topic-protocol-criteria = further criteria of the study's plan that its record does not give
topic-contraindication = whether something speaks against this medicine or examination for the person
topic-measurable-disease = whether the disease can be measured on scans or by examination
topic-language = whether the person speaks the language that the study needs
topic-custody = whether the person lives in custody or in an institution
topic-study-medicine-allergy = whether the person is allergic to the study's own medicine or a part of it
topic-similar-medicine-allergy = whether the person is allergic to a medicine that is like the one named
topic-willingness = whether the person agrees to what the study asks here
topic-ability = whether the person is able to do what the study asks here
topic-organ-function = whether the organs named work well enough, as the study's doctor sees it
