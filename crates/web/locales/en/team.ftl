## Pages of the study team: invitation, sign-in, accounts, audit log.

team-link = For study teams
team-role-coordinator = Coordinator: answers enquiries of assigned studies
team-role-editor = Editor: reviews pages and corrects readings
team-role-administrator = Administrator: accounts, audit log, export
team-sign-in = Sign in
team-sign-in-lead = For members of study teams. Nobody needs an account to look for a trial.
team-sign-in-passkey = Sign in with a passkey
team-sign-in-by-code = With a code
team-sign-in-name = Name for signing in
team-code = Code
team-code-hint = Six digits from your app, or one of your codes on paper.
team-sign-in-cookie = Signing in sets one cookie. It keeps you signed in for up to 12 hours and is used for nothing else.
team-sign-in-onward = Sign in to go on to the message.
team-sign-in-onward-link = I am signed in already: go on
team-sign-in-empty = Fill in both your name for signing in and a code.
team-sign-in-wrong = This name and code do not go together, or the code was used before. Wait for the next code and try again.
team-sign-in-wait =
    { $n ->
        [one] There were too many wrong codes. Try again in 1 minute.
       *[other] There were too many wrong codes. Try again in { $n } minutes.
    }
team-passkey-refused = This passkey was not accepted. Try again, or sign in with a code.
team-passkey-failed = The browser did not use a passkey. Try again, or choose another way.
team-signed-out = You are signed out
team-signed-out-means = Your session has ended. Sign in, go back to the page, and send the form again.
team-not-yours = Not for your role
team-not-yours-means = Your role does not open this page. Ask an administrator of your team if you need it.
team-not-safe = Not over this connection
team-not-safe-means = Members can sign in only where nobody on the way can read along: over TLS (https), or at the machine itself.
team-invitation = You are invited
team-invitation-lead = This link makes an account for you, once. Your role: { $roles }.
team-invitation-not-open = This invitation is not open
team-invitation-not-open-means = It was used, has ended, or never was. Ask the person who invited you for a new one.
team-name = Your name
team-name-hint = Pages that you review show it to readers.
team-name-bad = Give your name: 2 to 80 letters.
team-sign-in-name-hint = 3 to 60 letters (a to z), digits, dots, dashes or @. Small and capital letters are the same.
team-sign-in-name-bad = Choose a name for signing in of 3 to 60 letters (a to z), digits, dots, dashes or @.
team-sign-in-name-taken = Somebody has this name for signing in already. Choose another.
team-name-gone = This name was taken meanwhile
team-name-gone-means = Go back to your invitation and choose another name for signing in.
team-way = How you will sign in
team-way-passkey = A passkey: your phone, computer or security key checks that it is you
team-way-code = An app that shows a new code every 30 seconds, and codes on paper
team-no-passkeys-here = Passkeys work only over https, or at the address http://localhost.
team-go-on = Go on
team-app = Set up your app for codes
team-app-lead = Open an authenticator app, add an account, and take this picture. Then type the code that the app shows.
team-app-picture = QR code for the app
team-app-letters = Or type these letters into the app:
team-app-code = The code that the app shows now
team-code-wrong = This code is not right. Check the clock of your phone, wait for the next code, and type that.
team-make-passkey = Make a passkey
team-make-passkey-lead = Your browser will ask for your finger, your face or a PIN. Nothing of that is sent here.
team-passkey-wants-script = Passkeys need JavaScript and a browser that knows them. Go back to choose codes, which need neither.
team-passkey-not-made = The passkey was not made
team-passkey-not-made-means = The answer of the browser could not be used. Go back, load the page again, and try once more.
team-paper = Your codes on paper
team-paper-lead = If you lose your phone, each of these signs you in once. They are shown only now: print them or write them down.
team-paper-done = I have them
team-own = Your account
team-own-lead = { $name }. { $roles }.
team-to-editorial = Pages to review
team-accounts = Accounts
team-audit = Audit log
team-ways = Ways to sign in
team-passkeys = Passkeys
team-passkeys-none = None yet.
team-passkey-line = Made { $made }, last used { $used }.
team-passkey-remove = Take away
team-passkey-add = Add a passkey
team-last-way = This is your only way to sign in
team-last-way-means = Add another passkey or set up an app for codes first.
team-app-of-own = App for codes
team-app-there =
    { $n ->
        [one] Set up. 1 code on paper is left.
       *[other] Set up. { $n } codes on paper are left.
    }
team-app-none = Not set up.
team-app-anew = Set up an app, with new codes on paper
team-not-fresh = Please sign in again first
team-not-fresh-means = Ways to sign in can be changed only in the first 15 minutes after you sign in.
team-sessions = Where you are signed in
team-sessions-n =
    { $n ->
        [one] In 1 browser.
       *[other] In { $n } browsers.
    }
team-sign-out = Sign out
team-sign-out-everywhere = Sign out everywhere
team-invite = Invite somebody
team-roles = Roles
team-studies = Studies for a coordinator (NCT numbers, with blanks between)
team-study-bad = “{ $word }” is no NCT number. Write numbers such as NCT01234567, with blanks between.
team-invite-no-role = Choose at least one role.
team-invite-go = Make a link
team-invited = The link is made.
team-invited-means = Give it to one person, by a way that you trust. It works once, for 3 days, and is shown only now.
team-invitations-open = Open invitations
team-invitation-line = { $roles }. Until { $until }.
team-accounts-all = All accounts
team-since = since { $when }
team-closed = Closed { $when }.
team-change = Change
team-keep = Keep
team-close = Close the account
team-last-administrator = This is the only administrator
team-last-administrator-means = Make somebody else an administrator first.
team-audit-export = The whole log as a file
team-audit-whole = The log is whole. Its last entry:
team-audit-anchor = Write this down somewhere else now and then. It shows later whether the log was cut off or written anew.
team-audit-broken = The log was changed:
team-audit-number = Number
team-audit-when = When
team-audit-who = Who
team-audit-what = What
team-audit-object = Of what
team-reviewed-as = You review as { $name }.
