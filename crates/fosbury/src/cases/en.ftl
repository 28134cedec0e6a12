# Cases: stories told over trials.
one-case = Case
many-case = Cases
called-case = Case { $number }
cases-lead = Stories of how somebody got over a hurdle, or did not: what was in the way, what they did, what came of it and what it cost.
new-case-link = Tell another
new-case = Tell a story
case-tell = Tell the story
n-cases = { $n ->
    [one] 1 case
   *[other] { $n } cases
}
n-cases-more = { $n } cases, and more below
more-cases = More cases
cases-all = All cases
cases-feed = Feed of cases
cases-search = Search in cases
no-cases-here = Nobody has told a story yet. What did you get over, and how?
no-cases-fit = None fit all of that.
cases-none-hurdle = Nobody has told the story of getting over it yet. Did it happen where you work?
cases-none-solution = Nobody has told the story of trying it yet. How did it go where you work?
cases-none-organisation = Nobody has told a story from here yet. What would you tell a visitor?
cases-none-trial = Nobody has told the story of this trial yet. Was there more to it?
case-in-short = In short
case-when = When
case-more-places = { $n ->
    [one] and 1 more
   *[other] and { $n } more
}
case-trials = The trials it tells of
case-trials-none = No trial is tied to this story that you may see. With one, people see where it happened and what came of it, and the hurdle's page leads here.
case-tie = Tie a trial to this story
case-tie-hint = Its number or address, as its page shows it.
case-tie-do = Tie it
case-untie = Untie trial { $number }
wrong-trial = There is no such trial, or you may not see it. Write its number, such as 12, or copy its address.
wrong-ties = Trials are tied and untied one at a time once a page is there: see “ties” and “untyings”.
case-card = Card to show or print
case-card-print = Print this card
case-whole = Read the whole story
case-picture = The picture on this card
case-pictures-none = This case has no picture yet. A photo of what changed says more than a page of words.
case-picture-do = Show this one
case-picture-bring = Bring a picture
wrong-picture = That is not a picture on this page. Choose one of those below, or bring it first.
told-trial-tied = The trial is tied to this page
told-trial-tied-before = That trial was tied to this page already
told-trial-untied = The trial is tied to this page no longer
told-picture-chosen = That picture is on the card now
part-case-title = Title
part-case-title-hint = What happened, as a newspaper would say it.
part-case-sentence = In one sentence
part-case-sentence-hint = For the card and for lists: who did what, and what came of it.
part-case-trials = Trials it tells of
part-case-trials-hint = Numbers with commas between. You can tie and untie trials later as well.
part-case-before = What was in the way
part-case-before-hint = How it was before, and for whom.
part-case-before-ask = What was it like before?
part-case-did = What we did
part-case-did-hint = In the order in which it happened, with who agreed and who helped.
part-case-did-ask = What was done, and who did it?
part-case-came = What came of it
part-case-came-hint = What can be seen or counted, and what did not work.
part-case-came-ask = What is different today?
part-case-again = What we would do differently
part-case-again-hint = What you would tell somebody who starts tomorrow.
part-case-again-ask = What would you do differently next time?
part-case-result = Result
part-case-result-hint = In a few words, such as “answers in 3 days, not 30”.
part-case-cost = What it cost
part-case-cost-hint = Money and time in a few words, such as “nothing but two afternoons”.
part-case-phrases = People also say
part-case-phrases-hint = One on each line, as people would search for it.
part-case-tags = Tags
part-case-tags-hint = With commas between.
