# The frame of every page, and words that many rooms use.
skip = Skip to the page
sign-in = Sign in
sign-out = Sign out
nav-main = Main
search = Search
changes = Changes
desk = Desk
people = People
about = About
privacy = Privacy
accessibility = Accessibility
tags = Tags
feed = Feed of changes
you-are-here = You are here
licence-before = The words here may be used by anyone, with credit to “{ $credit }”, under
no-cookies = No cookies but the one that keeps you signed in and the one that keeps the organisation you chose.
insecure-label = Warning
insecure = This page travels unprotected: others on the way can read it. Do not write anything secret here.
demo-label = Demo
demo-page = Demo: everything on this page is invented.
there-is-a-problem = There is a problem
error = Error
everything = Everything
narrow = Narrow the list
show-these = Show these
more-label = More
pages = pages
from = From
to = To
or = or
why = Why?
small = small
change = Change
until = Until
this-page = This page
print = Print this page
tags-label = Heading and tags
related = Related
linked-from = Linked from
not-said = Not said yet
n-pages = { $n ->
    [one] 1 page
   *[other] { $n } pages
}
tagged = Tagged “{ $tag }”

one-hurdle = Hurdle
one-solution = Solution
one-guide = Guide
one-evidence = Evidence
many-hurdle = Hurdles
many-solution = Solutions
many-guide = Guides
many-evidence = Evidence
called-hurdle = Hurdle { $number }
called-solution = Solution { $number }
called-guide = Guide { $number }
called-evidence = Evidence { $number }

# Troubles: what happened, why, and where to go.
trouble-not-found = There is no page here
trouble-not-found-why = The address may be mistyped, or the page may be one that only members see.
trouble-gone = This page was taken away
trouble-gone-why = It was here once. Its number is never given to another page.
trouble-forbidden = You may not do this
trouble-forbidden-why = Your role here does not allow it. A steward can, or can give you the role.
trouble-forged = We did not accept that
trouble-forged-why = The request did not come from one of our own pages, so nothing was changed. Go back, load the page again and press the button there.
trouble-sign-in-first = Sign in first
trouble-sign-in-first-why = Reading needs no account. Changing shared words does, so that everybody can see who wrote what.
trouble-method = That does not work here
trouble-method-why = The address exists, but not for this kind of request. Go back to the page and use its form.
trouble-unreadable = We could not read that
trouble-unreadable-why = Part of the request was not as we expected. Nothing was changed.
trouble-too-large = That is too much at once
trouble-too-large-why = The text is longer than one page can hold. Go back, where your words still are, and divide it into two pages.
trouble-too-many = Too many tries
trouble-too-many-why = Please wait a little and try again. This keeps others from guessing their way in.
trouble-out-of-service = Not just now
trouble-out-of-service-why = The database does not answer or has no room. Nothing was half-saved. Go back, where your words still are, and try again in a minute.
trouble-our-fault = That went wrong, and it was our fault
trouble-our-fault-why = Nothing was half-saved. Go back, where your words still are, and try again. If it happens twice, tell a steward.
trouble-ways-on = From here you can
trouble-search = Search: what is in your way?
trouble-hurdles = Look through all hurdles
trouble-changes = See what changed lately

# What was just done.
told-saved = Saved. Thank you.
told-unchanged = Nothing was different, so nothing was saved
told-merged = Saved, and merged with a change that somebody else made meanwhile
told-restored = The older words are back
told-undone = That change was undone; what came later was kept
told-deleted = The page was deleted. It can be brought back.
told-recovered = The page is back
told-joined = The other page was merged into this one
told-separated = The page stands by itself again
told-erased = The words of that revision are gone for good
told-signed-out = You are signed out
told-welcome = Written down. Thank you.
told-new-here = Welcome. How do you want to be called?
told-draft-gone = The draft is gone
told-name-kept = That is your name now
told-sign-in-ended = That sign-in has ended
told-role-kept = The role was changed
told-token-ended = The token has ended. Programs that use it are refused.
told-person-left = They have left. Their address is forgotten.
told-search-done = Taken off the list
told-workplace-asked = Thank you. Somebody who works there or a steward has to confirm it.
told-workplace-confirmed = You work here: your mail address says so
told-workplace-left = You no longer belong to it. What its people alone may read is closed to you.
told-colleague-confirmed = Confirmed: they now see what is open to this organisation's people
told-colleague-removed = They no longer belong to it
told-service-kept = The service is written down
told-service-removed = The service is off the list
told-mail-domain-kept = That is its mail domain now
told-organisation-added = The organisation is here now
told-organisations-imported = The list is imported
told-import-given-up = Nothing was imported
told-undo-clash = Later changes touch the same words, so this cannot be undone by itself. Here is what it changed: edit the page by hand.
told-moved-on = Somebody changed the page meanwhile. Look again, then restore.
n-days = { $n ->
    [one] 1 day
   *[other] { $n } days
}
