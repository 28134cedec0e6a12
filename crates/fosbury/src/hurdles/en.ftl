# Hurdles: what is in the way.
hurdles-lead = What is in the way of public bodies that want to talk with people online. Each has a number for ever.
new-hurdle-link = Write down another
new-hurdle = Write down a hurdle
no-hurdles-here = None are written down under this heading yet. Is there one in your way?
n-hurdles = { $n ->
    [one] 1 hurdle
   *[other] { $n } hurdles
}
more-hurdles = More hurdles
hangs-on = What it hangs on
clearing-frees = Clearing it frees
next-question-lead = One more question, if you have a minute. Your hurdle is written down already.
next-question-hurdle = What has been tried, or what would you need?
next-question-skip = Skip this
part-hurdle-title = Title
part-hurdle-title-hint = Short, as somebody would say it. The number stays when the title changes.
part-hurdle-heading = Heading
part-hurdle-heading-access = Access
part-hurdle-heading-equipment = Equipment
part-hurdle-heading-staff-and-skills = Staff and skills
part-hurdle-heading-structures = Structures
part-hurdle-heading-policy = Policy
part-hurdle-heading-strategy = Strategy
part-hurdle-heading-vision = Vision, leadership and management
part-hurdle-problem = The problem
part-hurdle-problem-hint = What is in the way, seen from the desk? Two to four sentences.
part-hurdle-problem-ask = What happens when you run into it?
part-hurdle-detail = In more detail
part-hurdle-detail-hint = What forms does it take? Where does it come from?
part-hurdle-detail-ask = What forms does it take where you work?
part-hurdle-why = Why it matters
part-hurdle-why-hint = What does it cost a resident, a colleague or you?
part-hurdle-why-ask = What did it cost a resident, a colleague or you?
part-hurdle-ways = Ways over
part-hurdle-ways-hint = Which way over suits which situation? Link solutions by number.
part-hurdle-ways-ask = What has been tried, or what would help?
part-hurdle-until = Until then
part-hurdle-until-hint = What can somebody do today, while the real cure takes its time?
part-hurdle-until-ask = How do you get by today?
part-hurdle-phrases = People also say
part-hurdle-phrases-hint = One on each line, as people would type it. These help others find this page in their own words.
part-hurdle-tags = Tags
part-hurdle-tags-hint = With commas between.
part-hurdle-depends = Depends on
part-hurdle-depends-hint = Numbers of hurdles that must be cleared first, with commas between.
