# Finding.
find-question = What is in your way?
n-results = { $n ->
    [0] Nothing found
    [one] 1 page
   *[other] { $n } pages, the closest first
}
search-corrected = Found with other spellings: “{ $words }”
search-nothing = No page fits those words
search-nothing-why = Try fewer or other words: what you would say to a colleague. Stewards see that nothing was found.
search-widen = Search everywhere
search-write = Write it down as a new hurdle
search-not-meant = Not what you meant?
more-results = More results
facet-kind = Kind
facet-ways = Ways over
facet-heading = Heading
facet-tag = Tag
facet-nobody-1 = this week, nobody to ask
facet-from-top = from the top
facet-from-below = from below
