# Public bodies, their services, and who works there.
one-organisation = Organisation
many-organisation = Organisations
organisations-lead = Public bodies, and those that they followed. Say where you work, and you can open pages to your own colleagues alone.
organisation-name-filter = Name
organisation-name-hint = Part of a name, or a code
organisation-nation = Nation
organisation-kind = Type
organisation-with-ended = Bodies that are no more as well
n-organisations = { $n ->
    [one] 1 organisation
   *[other] { $n } organisations
}
organisations-from-to = On this page: from { $first } to { $last }
more-organisations = The next organisations
organisations-none-fit = No organisation fits. Take a filter away, or write less of the name.
organisations-none = No organisations are known here yet. The owner can import a list of them, and stewards can add one by hand.
organisation-ended-short = no more
organisation-add = Add one by hand
organisation-import = Import a list

organisation-official = Official name
organisation-code = Code
organisation-gss = Code in statistics
organisation-place = Where
organisation-population = People who live there
organisation-began = Since
organisation-ended-on = Until
organisation-county = County
organisation-combined = Combined authority
organisation-homepage = Its own site
organisation-also = Also called
organisation-former-codes = Former codes
organisation-followed = Followed
organisation-figure = { $value } ({ $source })
figure-low-deprivation = Share of people in the least deprived places
figure-medium-deprivation = Share of people in places in between
figure-high-deprivation = Share of people in the most deprived places
figure-density = People for each square kilometre
organisation-facts = Facts
organisation-is-no-more = This organisation is no more.
organisation-was-until = It ended on { $day }.
organisation-who-followed = These followed it:
organisation-nobody-followed = Nobody wrote down who followed it.
organisation-will-end = It ends on { $day }.
organisation-will-follow = These follow it:
organisation-came-from = You asked for { $name }, which is no more. This is the body that followed it.

organisation-trials = What it tried
services = Services
services-none = No services are written down yet.
service-none-yet-yours = Write down the parts of it that people know by name.
service-name = Name of the service
service-note = What it does, in a sentence
service-add = Add this service
service-keep = Keep this
service-change = Change
service-remove = Take off the list
wrong-service-name = Give the service a name of at most 120 letters
wrong-service-note = Say it in at most 300 letters
wrong-service-twice = There is a service of this name already

organisation-people = People
n-colleagues = { $n ->
    [0] Nobody here has said that they work there.
    [one] 1 person here works there.
   *[other] { $n } people here work there.
}
organisation-join = I work here
organisation-join-why = You can then open pages to your colleagues alone. How many you are is shown here; who you are, only to your colleagues and the stewards. Pages that you begin are listed here for those who may read them.
organisation-join-domain = With an address ending in @{ $domain } you are confirmed at once.
organisation-join-asked = With your address, somebody who works there or a steward has to confirm it.
organisation-sign-in-to-join = Do you work there? Sign in and say so
organisation-you-asked = You said that you work here. Somebody who works there or a steward has to confirm it.
organisation-you-belong = You work here.
organisation-leave = I no longer work here
organisation-take-back = Take that back
organisation-colleagues = People who work here
n-people-waiting = { $n ->
    [one] 1 person waits to be confirmed
   *[other] { $n } people wait to be confirmed
}
n-people-confirmed = { $n ->
    [one] 1 person
   *[other] { $n } people
}
organisation-asked-on = Asked on
organisation-confirm = Confirm
organisation-refuse = Refuse
organisation-remove-person = Remove
organisation-mail-domain = Mail domain
organisation-mail-domain-hint = What stands after the @ in its people's addresses, such as northshire.gov.uk. Whoever signs in with such an address is confirmed at once. Leave it empty for none.
organisation-keep-mail-domain = Keep this mail domain
wrong-mail-domain = Write a domain such as northshire.gov.uk
wrong-mail-domain-for-all = Everybody can have an address there. Choose the body's own domain
organisation-pages = Pages that its people began
organisation-pages-none = There is nothing here that you may read yet.

organisation-new-title = Add an organisation
organisation-new-lead = For a body that no list has. Its code and its address stay for ever.
organisation-code-hint = A short code of letters and digits, such as its initials
organisation-short-name = What people call it
organisation-short-name-hint = Shorter than the official name, if there is something shorter
organisation-kind-hint = Such as “Council”, “Fire service” or “Charity”
organisation-add-do = Add it
wrong-organisation-name = Give its official name, in at most 200 letters
wrong-organisation-short = Keep this under 120 letters
wrong-organisation-code = Give a code of at most 40 letters and digits, without spaces
wrong-organisation-code-taken = Another organisation has this code
wrong-organisation-homepage = Write the whole address, beginning with https://

import-title = Import a list of organisations
import-lead = A list is a CSV file whose first line names its columns; only a code and a name are needed. The same list again changes nothing. You see what it would change before anything happens.
import-list = The list
import-list-hint = A CSV file, at most 8 MB with the others
import-figures = Figures of deprivation and density
import-figures-hint = May be left out: a CSV file with the same codes
import-homepages = Homepages
import-homepages-hint = May be left out: a CSV file with the codes of the statistics office
import-look = See what it would change
wrong-no-file = Choose a file
import-preview-title = What this list would change
n-import-rows = { $n ->
    [one] 1 row read
   *[other] { $n } rows read
}
n-import-current = { $n ->
    [one] 1 body of today
   *[other] { $n } bodies of today
}
n-import-ended = { $n ->
    [one] 1 that is no more
   *[other] { $n } that are no more
}
import-nothing-sent = No list is waiting. Choose one first.
import-nothing-to-do = Everything in this list is known here already. There is nothing to import.
import-do = Import this list
import-give-up = Give it up
n-import-new = { $n ->
    [one] 1 is new
   *[other] { $n } are new
}
n-import-changed = { $n ->
    [one] 1 changes
   *[other] { $n } change
}
n-import-unchanged = { $n ->
    [one] 1 stays as it is.
   *[other] { $n } stay as they are.
}
n-import-elsewhere = { $n ->
    [one] 1 body known here is not in the list. It stays.
   *[other] { $n } bodies known here are not in the list. They stay.
}
n-import-problems = { $n ->
    [one] 1 row could not be read, or not wholly
   *[other] { $n } rows could not be read, or not wholly
}
import-and-more = … and { $n } more.
import-changes-what = What changes
import-file = File
import-line = Line
import-reason = Why
file-list = The list
file-figures = Figures
file-homepages = Homepages
on-line = line { $line }
list-empty = There is nothing in this file.
list-unreadable = This is not a CSV file that we can read.
list-no-column = There is no column “{ $value }” in its first line. docs/organisations.md names the columns.
list-too-many = It has more than { $value } rows: no list of public bodies has.
row-no-code = There is no code.
row-code = “{ $value }” is not a code: letters, digits, dots and hyphens.
row-no-name = { $value } has no name.
row-long = The cell “{ $value }” is longer than 300 letters.
row-cells = It has { $value } cells, another number than the first line.
row-twice = { $value } stands in a row above as well. That row counts.
row-day = “{ $value }” is not a day such as 2023-04-01.
row-number = “{ $value }” is not a number.
row-homepage = “{ $value }” is not the address of a site.
row-mail-domain = “{ $value }” is not a mail domain of a body.
row-successor = { $value }, which is to follow it, is not in the list. The rest of the row counts.
row-unknown = { $value } is not in the list of bodies.
field-name = name
field-code = code in statistics
field-type = type
field-place = place
field-population = population
field-days = first or last day
field-homepage = homepage
field-mail-domain = mail domain
field-aliases = other names
field-successors = who followed it
field-figures = figures

your-organisations = Where you work
your-organisations-none = Say where you work, and you can open pages to your colleagues alone.
your-organisations-find = Find your organisation
workplace-waiting = waits to be confirmed
waiting-for-you = Waiting for you
waiting-says = { $person } says that they work at
