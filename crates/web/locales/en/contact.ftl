## Writing to a study centre.

contact-title = Ask the study team
contact-emergency = Not for emergencies. Nobody reads this at once. If you need help now, call your local emergency number.
contact-closed = Nobody new can join this study now, as far as its record says. You can still ask.
contact-problems = Nothing was sent yet. Please look at this first:
contact-near = Show the nearest centre first: a city, or LAT,LON
contact-near-go = Show
contact-near-unknown = No study here has a site in a place called “{ $place }”. Try the nearest larger city, or numbers such as 48.85,2.35.
contact-nearest = Nearest centre that takes people:
contact-km = about { $km } km away
contact-under-km = less than 1 km away
contact-write = Write to the study team
contact-write-lead = Your message goes to people who said that they answer questions about this study. They get a note that a message is waiting. The note does not hold what you wrote.
contact-site = Which centre?
contact-site-whole = The team of the whole study
contact-no-site = Choose a centre.
contact-name = What should they call you?
contact-name-hint = A first name or a made-up name is enough.
contact-no-name = Give a name to be called by. A made-up one will do.
contact-long-name = The name is too long: at most { $n } letters.
contact-way = How should they reach you? Choose one.
contact-way-email = By e-mail
contact-way-phone = By telephone
contact-email = Your e-mail address
contact-phone = Your telephone number
contact-no-way = Choose e-mail or telephone.
contact-email-empty = Give your e-mail address.
contact-email-no-at = The e-mail address needs one @ between name and place, like ana@example.org.
contact-email-long = The e-mail address is too long.
contact-email-name = The part before the @ has signs that we cannot use. Use English letters, numbers, dots, hyphens or plus signs.
contact-email-domain = The part after the @ is no internet name, like example.org.
contact-bad-phone = Give a telephone number of 5 to 20 digits, like +1 617 555 0199.
contact-language = They will be told that you write in this language: { $language }.
contact-message = What would you like to ask?
contact-message-hint = You need not write about your health. The team can ask you later.
contact-no-message = Write what you would like to ask.
contact-long-message = The message is too long: at most { $n } letters.
contact-answers = Your answers from the check
contact-answers-lead = These are your answers about this study. They are sent only if you tick the next box.
contact-answers-send = Send my answers with the message
contact-answers-each = Take the tick away from what you do not want to send.
contact-many-answers = At most { $n } answers can go along. Take some ticks away.
contact-agree = Before you send
contact-consent = I send this to the study centre that I chose. Trialway keeps it so that the centre can read and answer it, and for nothing else. It is deleted when I take it back, or else { $n ->
    [one] one day
   *[other] { $n } days
} after the centre is done with it, and in any case { $days } days after I sent it. The centre may keep its own notes of what it read. Sending this does not mean that I take part in a study, and nobody has decided whether I may.
contact-agree-tick = I agree.
contact-not-agreed = Tick “I agree”, or call or write to the centre yourself.
contact-new-consent = The text to agree to is not the one that you saw. Read it again, then tick the box.
contact-too-many = Too many messages were sent in a short time. Yours was not sent. Try again tomorrow, or call the centre.
contact-send = Send the message
contact-yourself = Call or write yourself
contact-yourself-also = You can also use your own telephone or mail. Nothing of that passes through this site.
contact-yourself-only = Messages cannot be sent from here for this study. Use your own telephone or mail: nothing of that passes through this site.
contact-yourself-number = Name the study’s number, { $number }.
contact-nobody = The record gives no telephone number or e-mail address. Your doctor can look up the people who lead the study.
contact-whole = For the whole study
contact-centres = The study’s centres
contact-centres-open = Centres that take people

## The private page of a message.

contact-sent-title = Your message
contact-stage-sent = It is in the study team’s inbox. Nobody has opened it yet.
contact-stage-opened = The study team has opened it.
contact-stage-answered = The study team has answered.
contact-stage-closed = The study team is done with it.
contact-stage-withdrawn = You took it back.
contact-step-sent = Sent
contact-step-opened = Opened in the inbox
contact-step-answered = Answered
contact-step-closed = Closed
contact-step-withdrawn = Taken back
contact-about = It is about the study with the number { $number }.
contact-to-trial = To the study
contact-withdrawn-means = What you wrote was deleted here. If the team had read it before, they may have notes of their own.
contact-over = What you wrote was deleted here, because its time is over.
contact-keep-link = Keep the address of this page: it is the only way back here. Whoever has it can see your message.
contact-show = Show what I wrote, and any answer
contact-said = What you wrote
contact-said-name = Name
contact-said-way = Reach me at
contact-said-site = Centre
contact-said-message = Message
contact-replies = Answers
contact-reply-called = The team says that they called you.
contact-back = Take it back
contact-back-means = What you wrote is deleted here, and notes about it that have not left yet are not sent.
contact-back-ask = Take my message back
contact-back-sure = This cannot be undone. Take it back?
contact-back-yes = Yes, delete my message
contact-quiet-title = No answer yet
contact-quiet = More than { $n } days have passed. You can call or write yourself, or ask for another centre.
contact-quiet-doctor = Your doctor can also ask for you.
contact-quiet-search = Look for another trial

## Mails. No words about health, no study, nothing of what was written.

contact-mail-inbox-subject = A message is waiting for you
contact-mail-inbox-text = Someone wrote to you through { $place }. Sign in to read the message and to answer it:
    { $link }

    If you have no account there, ask those who run { $place } to invite you. The number of the message is at the end of the link.

    To keep things private, this mail says nothing of what was written. It was sent to you because you agreed to get messages from { $place }.
contact-mail-copy-subject = We passed your message on
contact-mail-copy-text = Hello,

    your message was passed on. See here if it was opened or answered, or take it back:
    { $link }

    Keep this link to yourself: whoever has it can see your message. To keep things private, this mail says nothing of what you wrote.

    If you wrote nothing, someone typed your address by mistake. You can take the message back by the same link.
contact-mail-answer-subject = There is an answer for you
contact-mail-answer-text = Hello,

    there is an answer to your message. Read it here:
    { $link }

    Keep this link to yourself: whoever has it can see your message.
