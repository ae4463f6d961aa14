## What the portal is, is not, and does with what it is given.

about-page = About
about-heading = About Trialway
about-what = What it is
about-what-means = Trialway reads the published criteria of clinical trials with a fixed set of rules, shows what it read beside what was published, and holds a health record against each point. The same study and the same record always give the same answer.
about-not = What it is not
about-not-means = It is no medical device and gives no medical advice. It never says that somebody is eligible: at most that a study may match. The study team examines and decides.
about-private = What happens to what you enter
about-private-record = A health record is read in memory for one answer, then forgotten. It is not stored, not logged, and sent nowhere.
about-private-words = Search words are not logged.
about-private-cookie = The only cookie keeps the language that you chose. You need no account, and there are no requests to other web sites.
about-private-report = A report about a wrong reading is kept, with what you write in it. Write nothing about a person there.
about-wrong = When a reading is wrong
about-wrong-means = Every point of a study has a link “Report an error in this reading”. What was not understood is shown as written and never decides anything. [How much of the criteria is read]
