## Words that several pages use: status, phase, sponsors, numbers, dates, places.

status-none = Status not given
status-none-means = The record does not say whether people can join.
status-recruiting-means = People can join now.
status-not-yet-recruiting-means = People cannot join yet.
status-enrolling-by-invitation-means = Only people who are invited can join.
status-active-not-recruiting-means = The study is going on; nobody new can join.
status-completed-means = The study has ended.
status-suspended-means = The study has stopped for now.
status-terminated-means = The study stopped early and will not go on.
status-withdrawn-means = The study stopped before anybody joined.
status-available-means = The treatment may be had outside a trial, through a doctor.
status-no-longer-available-means = The treatment can no longer be had this way.
status-temporarily-not-available-means = The treatment cannot be had this way for now.
status-approved-for-marketing-means = The treatment has been approved.
status-withheld-means = The sponsor does not publish it.
status-unknown-status-means = Nobody has confirmed the record for two years; ask before you count on it.
phase-1-2 = Phase 1/2
phase-2-3 = Phase 2/3
phase-early-phase-1-means = a very first test, most often in a few people
phase-phase-1-means = early: mainly tests how safe it is, most often in few people
phase-phase-2-means = middle: tests whether it works, and how safe it is
phase-phase-3-means = late: tests whether it works, most often in many people
phase-phase-4-means = after approval: watches it in everyday use
sponsor-industry = a company
sponsor-nih = part of the U.S. National Institutes of Health
sponsor-fed = a federal agency of the United States
sponsor-other-gov = a public body
sponsor-indiv = a person
sponsor-network = a network of study centres
sponsor-other = a university, hospital or other body
kind-interventional = A trial: participants are given or do something
kind-observational = Observation: participants are only watched or asked
kind-expanded-access = Access to a treatment outside a trial
date-month-1 = January
date-month-2 = February
date-month-3 = March
date-month-4 = April
date-month-5 = May
date-month-6 = June
date-month-7 = July
date-month-8 = August
date-month-9 = September
date-month-10 = October
date-month-11 = November
date-month-12 = December
date-day = { $day } { $month } { $year }
date-month = { $month } { $year }
date-year = { $year }
date-expected = { $date } (expected)
number-group = { "\u202F" }
count-studies = { $n ->
    [one] 1 study
   *[other] { $count } studies
}
count-sites = { $n ->
    [one] 1 site
   *[other] { $count } sites
}
count-points = { $n ->
    [one] 1 point
   *[other] { $count } points
}
count-versions = { $n ->
    [one] 1 version
   *[other] { $count } versions
}
count-places = { $n ->
    [one] 1 place
   *[other] { $count } places
}
count-patients = { $n ->
    [one] 1 patient
   *[other] { $count } patients
}
list-two-more = { $list } and { $n } more
list-comma = { $first }, { $last }
ages-between = { $low } to { $high }
ages-from = { $low } and older
ages-to = up to { $high }
ages-none = no limit given
age-years = { $n ->
    [one] { $n } year
   *[other] { $n } years
}
age-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
age-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
age-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
age-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
age-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
km-under = less than 1 km
km = { $km } km
brackets = { $what } ({ $more })
stale-past-end = The record says that people can join or will be able to, but it was to end by { $day }: ask before you count on it.
stale-past-results = The record says that people can join or will be able to, but its main results were to be complete by { $day }: ask before you count on it.
stale-not-confirmed = The sponsor has not confirmed this record for two years (last in { $since }): ask before you count on it.
