## Results of a search.

search-heading = Find a trial
search-none = No study was found for “{ $text }”
search-found = { $studies } for “{ $text }”
search-narrow = Narrow the results
search-no-city = No study here has a site in a city called “{ $place }”, so distances are left out. Try the nearest larger city, or coordinates such as 48.85,2.35.
search-no-age = “{ $age }” is not an age in whole years, so it was left out.
search-no-condition = “{ $part }” is not a condition that is known here, so no study was hidden for it. Another name of it may be.
search-some-words = No study has all of these words; these have some of them.
search-few-all = { $n ->
    [one] Only one study has all of these words; studies that have some of them are listed as well.
   *[other] Only { $n } studies have all of these words; studies that have some of them are listed as well.
}
search-respelled = Showing results for “{ $meant }” instead of “{ $word }”. To search for a word exactly as you wrote it, put it in quotes.
search-left-out = “{ $word }” is in no study here, so it was left out.
search-hidden = Studies that ask everyone for a condition which you never had are hidden. Where we could not tell, the study is shown.
search-also = Also searched for other names of “{ $asked }”: { $names }.
search-position = { $from } to { $to } of { $of }
search-status = Status
search-phase = Phase
search-age-group = Age group
search-country = Country
search-kind = Kind of study
search-tested = What is tested
search-healthy = Healthy people
search-healthy-yes = May take part
search-healthy-no = May not take part
search-sponsor = Who runs it
search-order = Order:
search-order-name = Order of results
search-best = best fit
search-nearest = nearest
search-newest = newest
search-ages = Ages: { $ages }
search-sex-only = { $sex } only
search-for = For
search-treatments = Treatments
search-no-site = The record names no site.
search-sites-silent = { $sites }; none says by itself whether it takes participants.
search-sites-none = { $sites }; none says that it is recruiting.
search-site-only = 1 site, which says that it is recruiting.
search-sites-all = { $sites }; all say that they are recruiting.
search-sites-some = { $n ->
    [one] { $sites }; { $n } of them says that it is recruiting.
   *[other] { $sites }; { $n } of them say that they are recruiting.
}
search-open-near = A site { $km } from { $place } is recruiting
search-no-point = The record gives no site on the map.
search-nearest-site = Nearest site: { $name }, about { $km } from { $place }
search-nearest-open = Nearest site that is recruiting: { $name }, about { $km }
search-found-in = found in: { $places }
search-compare = Compare
search-compare-one = Compare { $id }
search-compare-ticked = Compare the ticked studies
search-up-to-four = Up to four, side by side.
search-pages = Pages of results
search-previous = Previous
search-next = Next
search-keeps = This page’s address keeps the search. To be told when a study that it finds changes: [Atom feed], [JSON feed].
search-feed = Changes of what this search finds
search-within = Within km of { $place }
search-sites = Sites
search-one-recruits = At least one site is recruiting
search-sex = Sex of the person
search-any = Any
search-female = Female
search-male = Male
search-never = Conditions you never had
search-never-hint = With commas between them. Studies that ask everyone for one of them are hidden.
search-apply = Apply
search-empty = No studies are held here yet. Load some with `trialway ingest PATH`.
search-why-words = “{ $asked }” stands in the { $place }.
search-why-begins = The { $place } has a word that begins with “{ $asked }”.
search-why-spelled = “{ $name }” (you wrote “{ $asked }”) stands in the { $place }.
search-why-name-some = The { $place } has another name of “{ $asked }”.
search-why-name = “{ $name }” in the { $place } is another name of “{ $asked }”.
search-why-kind-some = The { $place } has a kind of “{ $asked }”.
search-why-kind = “{ $name }” in the { $place } is a kind of “{ $asked }”.
search-why-class = The study is about { $name }, to which “{ $asked }” belongs.
search-why-age = “{ $asked }”: people of that age may take part.
search-offer = { $n ->
    [one] { $n } study
   *[other] { $n } studies
}
