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
failed-heading = Letters that could not be sent
failed-none = None. Everything was sent.
wanted-title = Wanted pages
wanted-heading = Linked to, and not written yet
wanted-none = None. Every link leads somewhere.
orphans-heading = Written, and linked from nowhere
orphans-none = None. Something links to every page.
