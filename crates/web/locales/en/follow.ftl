## Following a study or a search by mail.

follow-title = Get news of changes
follow-lead = We write to you when something changes: whether people can join, the centres, or who may take part. The mail itself has only a link.
follow-period = How often at most?
follow-weekly = Once a week
follow-daily = Once a day
follow-kept = Your address is kept for this only. It is deleted when you stop.
follow-go = Ask for news
follow-asked = Look into your mailbox.
follow-asked-means = If the address is right, a mail is on its way. Press the button behind its link within 48 hours. Nothing else is sent before you do.
follow-too-many = Too many mails were asked for in a short time. Nothing was sent. Try again tomorrow.
follow-no-mail = News by mail is not set up here. You can use the feed below.
follow-feed = Without an address: a feed
follow-feed-means = A feed reader shows you changes, and nobody needs your address.
follow-feed-link = The feed (Atom)
follow-confirm-title = Do you want news of changes?
follow-confirm-lead = Someone asked us to send news of changes to your address. Press the button if that was you.
follow-confirm-go = Yes, send me news
follow-confirm-else = If it was not you, do nothing. Your address is deleted after 48 hours.
follow-confirm-over = This link is over or not whole. Ask for news again on the page of the study or the search.
follow-own-title = What you follow
follow-own-weekly = You get at most one mail a week, and none if nothing changed.
follow-own-daily = You get at most one mail a day, and none if nothing changed.
follow-own-link = This page is yours: keep its address to yourself.
follow-nothing = Nothing changed since you began, as far as we told you.
follow-new-study = This study is new here.
follow-stop = Stop following this
follow-stop-all = Stop all
follow-stop-all-means = No more mails. Your address and what you follow are deleted.
follow-stop-all-go = Stop all and delete my address
follow-over = You follow nothing here.
follow-over-means = No more mails are sent by this link, and no address is kept for it.

## Mails. No words about health, no study.

follow-mail-confirm-subject = Please confirm your wish for news
follow-mail-confirm-text = Hello,

    someone asked { $place } to send news to this address. If that was you, open this link and press the button:
    { $link }

    If it was not you, do nothing. This address is deleted after 48 hours, and no more mail is sent.
follow-mail-weekly-subject = News of what you follow
follow-mail-weekly-text = Hello,

    something changed in what you follow at { $place }. See what changed:
    { $link }

    You get at most one such mail a week. The same page stops them.
    Keep this link to yourself: whoever has it sees what you follow.
follow-mail-daily-subject = News of what you follow
follow-mail-daily-text = Hello,

    something changed in what you follow at { $place }. See what changed:
    { $link }

    You get at most one such mail a day. The same page stops them.
    Keep this link to yourself: whoever has it sees what you follow.
