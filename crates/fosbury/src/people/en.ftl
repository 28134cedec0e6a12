# Coming in, accounts, invitations.
sign-in-lead = You need no account to search and read, only to change shared words. There are no passwords.
sign-in-how = We send you a link and a code by mail.
address = Mail address
address-hint = We use it to let you in, and for nothing else. Nobody but the stewards sees it.
send-link = Send me a link
no-mail-heading = No mail here?
no-mail-help = Ask a steward for an invitation link.
mail-not-set-up = This place cannot send mail yet
mail-not-set-up-help = Ask a steward or the owner for an invitation link: it lets you in once, whether or not you have an account already. The owner can make one on the page of people, or with the command “fosbury people invite”.
check-mail = Check your mail
check-mail-lead = If we can let that address in, a letter is on its way. Open the link in it, or type the code from it here. Both work for fifteen minutes.
code = Code from the letter
code-hint = Six digits. It works only in this browser.
no-letter-heading = No letter?
no-letter = Look among unwanted mail, and check that the address was right.
try-again = Ask for another
one-more-press = One more press
one-more-press-why = Some mail systems open links before people do. That is why the link alone does nothing.
sign-in-here = Sign in on this device
link-ended = This link has ended
link-ended-why = It was used already, or its time is over. Ask for a new one.
join = Come in
join-owner = Become the owner of { $site }
join-heading = You are invited to { $site }
join-address = Your address: { $address }
join-known = You have an account already, as { $name }. This link signs you in.
join-do = Come in
your-name = Name
your-name-hint = As others are to see it beside what you write. It need not be your full name.
role = Role
role-contributor = Contributor
role-facilitator = Facilitator
role-officer = Officer
role-manager = Manager
role-chief-officer = Chief officer
role-councillor = Councillor
role-partner = Partner
role-steward = Steward
role-owner = Owner
role-means-contributor = Contributors write and change hurdles, solutions, guides and cases.
role-means-facilitator = Facilitators write and change pages, and will run events here.
role-means-officer = Officers work for a public body. They write and change pages.
role-means-manager = Managers lead people in a public body. They write and change pages.
role-means-chief-officer = Chief officers lead a public body. They write and change pages.
role-means-councillor = Councillors are elected to a public body. They write and change pages.
role-means-partner = Partners work with public bodies. They write and change pages.
role-means-steward = Stewards keep the place in order: they invite people, merge and delete pages, and see what nobody found.
role-means-owner = The owner answers for the place: settings, people and data.
account = Your account
you-are = You are here as: { $role }.
keep-name = Keep this name
drafts-heading = Not saved yet
drafts-none = Nothing is waiting. What you type and do not save is kept here.
draft-kept = kept { $at }
draft-of-nothing = A page that is gone
sign-ins-heading = Where you are signed in
sign-ins-lead = If you do not know one of these, end it.
n-sign-ins = { $n ->
    [one] 1 sign-in
   *[other] { $n } sign-ins
}
sign-in-device = Device
sign-in-began = Since
sign-in-ends = Ends by itself
sign-in-this = this one
sign-in-end = End it
tokens = Tokens for programs
tokens-lead = A token lets a program of yours read and write here in your name, by the same rules as these pages.
tokens-described = What programs can do
tokens-none = There are none.
n-tokens = { $n ->
    [one] 1 token
   *[other] { $n } tokens
}
token-name = What it is for
token-name-hint = Such as “Weekly copy to our intranet”
token-may = What it may do
token-used = Last used
token-unused = not yet
token-another = Make a token
token-lasts = It ends after
token-do = Make the token
token-made = The token “{ $name }” is made
token-shown-once = Keep it where your program finds it and nobody else does. It is shown only now, and whoever has it can act in your name.
token-copy = Copy the token
scope-read = Read what you may read
scope-write = Write and change texts
scope-say = Comment, suggest changes and watch
scope-keep = Delete and bring back pages, as stewards do
wrong-token-name = Say what the token is for, in up to 60 characters
wrong-token-scope = Choose what the token may do
wrong-token-days = Choose how long it lasts
wrong-token-many = You have { $most } tokens, which is the most. End one first.
people-title = People and invitations
n-people = { $n ->
    [one] 1 person
   *[other] { $n } people
}
joined = Here since
invitations-heading = Invitations not used yet
invitations-none = None are waiting.
n-invitations = { $n ->
    [one] 1 invitation
   *[other] { $n } invitations
}
withdraw = Take it back
invite-heading = Invite somebody
invite-lead = You get a link to hand over. It works once, for fourteen days. For somebody with an account it signs them in.
invite-do = Make the invitation
invited = Invitation made for { $address }
copy-link = Copy the link
invited-link = Hand over this link yourself. It is shown only now:
keep-role = Give this role
departure-heading = They have left
departure-what = Their address is forgotten, they are signed out everywhere, and their name in all histories becomes “Former colleague”. What they wrote stays. This cannot be undone.
departure-do = Let them go
wrong-address = Give one mail address, such as name@example.org
wrong-name = Give a name of up to 60 characters, with a letter or a digit in it
wrong-role = Choose a role that you may give
wrong-invite-above = This person has a role here that you may not give, so you cannot make a link that signs them in. Ask the owner.
wrong-last-owner = Somebody has to be the owner. Make another person owner first.
wrong-code = That is not the code. Look at the newest letter.
wrong-code-ended = That code has ended, or it was asked for in another browser. Open the link in the letter, or ask for another.
letter-sign-in-subject = Sign in to { $site }
letter-sign-in = Somebody, probably you, wants to sign in to { $site } with this address.

    Open this link and press the button there:
    { $address }

    Or type this code on the page where you asked:
    { $code }

    Both work once, for fifteen minutes. If it was not you, do nothing: nobody gets in without this letter.
letter-unknown-subject = { $site }: no account with this address
letter-unknown = Somebody, probably you, tried to sign in to { $site } with this address. There is no account with it, and new ones need an invitation. Ask a steward for one, or try the address you were invited with: { $address }
