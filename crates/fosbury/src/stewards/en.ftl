# The stewards' desk.
missed-heading = Searches that found nothing
missed-lead = Each is a page somebody wanted. Write it, or add the words to “people also say” of the right page.
missed-none = None. Everything people typed found something.
n-missed = { $n ->
    [one] 1 search
   *[other] { $n } searches
}
missed-words = Words
missed-times = Times
missed-last = Last
missed-write = Write the page
missed-dismiss = Take off the list
failed-heading = Work that failed
failed-none = None. Every letter was sent and every job was done.
failed-again = Try again
failed-discard = Let it go
desk-sort-comments = Comments that wait
desk-sort-changes = Suggested changes
desk-sort-flags = Flags
desk-sort-missed = Searches that found nothing
desk-sort-gaps = Empty sections that many see
desk-sort-stale = Pages due to be looked at
desk-sort-failed = Work that failed
desk-keys = One queue for your keyboard: j next, k before, o open, a accept (or write, still true, try again), r refuse (or take off), x tick.
desk-held-alone = On a page of its own
gaps-heading = Empty sections that many see
gaps-lead = Pages opened often in this month and the last. Only totals are counted, never who opened them.
gaps-none = None. What people read is written.
gaps-write = Write “{ $part }”
n-opened = { $n ->
    [one] opened once
   *[other] opened { $n } times
}
stale-heading = Pages due to be looked at
stale-lead = Nobody has changed them, or found them still true, for longer than their period.
stale-none = None is due.
stale-since = last changed or looked at { $day }
stale-rule = Pages are due after
n-months = { $n ->
    [0] never
   *[other] { $n } months
}
keep-it = Keep in order
keeping-heading = Keep in order: { $title }
protect-heading = Protect for a time
protect-what = Only stewards change the page until then; everybody else can still suggest changes and talk about it. It ends by itself.
protect-days = For how long
protect-why-hint = The page and the public log show it. Name nobody.
protect-do = Protect the page
protect-end = End the protection now
review-heading = Still true?
review-last = A steward looked at it on { $day } and found it still true.
review-never = Nobody has said that it is still true.
review-do = Looked at, still true
review-months = It is due again after
review-as-place = as all pages: { $when }
review-keep = Keep this
undo-theirs = Undo all of theirs
undo-hour = Undo all of that hour
undo-title = Undo all of one author
undo-heading = Undo everything by { $name }
undo-lead = All edits, new pages, comments and files since a moment, in one act. Other people's words stay.
undo-since = Since when
undo-span-hour = the last hour
undo-span-day = the last day
undo-span-week = the last week
undo-span-month = the last month
undo-span-all = the beginning
undo-show = Show
undo-visitors-heading = Undo what visitors sent within the hour
undo-visitors-lead = We keep nothing that says which visitor sent what. These were sent half an hour before and after the one you came from: leave ticked what belongs together.
undo-what = What will happen
undo-more = There is more than one act can undo. Do this first, then come back for the rest.
undo-nothing = Nothing is left to undo.
undo-edits = Their changes are undone on
undo-pages = These pages, which are theirs alone, are deleted
undo-said = What they said is taken away
undo-files = { $n ->
    [one] 1 file that they brought is taken off its page
   *[other] { $n } files that they brought are taken off their pages
}
undo-files-back = For a month they can be put back, on the page’s list of files.
undo-tick = What is taken away
undo-by-hand = These need your hand
undo-by-hand-why = Others built on their words, or moved or erased something since. Nothing is changed here: look at the history.
undo-then = If that is right
undo-why-hint = The histories and the public log show it, without their name.
undo-close = Close their account as well: they are signed out, and their name and address are forgotten
undo-do = Undo all of it
undo-leave = Leave all as it is
told-protected = Only stewards change this page just now. You can suggest a change: what you wrote is kept here.
told-page-protected = The page is protected
told-page-released = The page is no longer protected
told-still-true = Noted: still true
told-review-kept = The period is kept
told-undone-author = Undone. What is left, if anything, needs a hand
told-split = Split. This is the new page
told-job-again = It is tried again
told-job-gone = It is forgotten
wanted-title = Wanted pages
wanted-heading = Linked to, and not written yet
wanted-none = None. Every link leads somewhere.
orphans-heading = Written, and linked from nowhere
orphans-none = None. Something links to every page.
