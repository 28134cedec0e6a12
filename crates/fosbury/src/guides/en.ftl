# Guides: plain wiki pages.
guides-lead = Plain pages on how to go about it.
new-guide-link = Write another
new-guide = Write a guide
no-guides-here = None are written yet. What should a newcomer know?
n-guides = { $n ->
    [one] 1 guide
   *[other] { $n } guides
}
more-guides = More guides
part-guide-title = Title
part-guide-text = Text
part-guide-text-hint = Begin a section with ## and its heading.
part-guide-text-ask = What should a newcomer know?
part-guide-phrases = People also say
part-guide-phrases-hint = One on each line, as people would ask for it.
part-guide-tags = Tags
part-guide-tags-hint = With commas between.
