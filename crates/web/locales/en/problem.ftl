## What is said where a request cannot be answered.

problem-no-page = Page not found
problem-no-page-means = There is no page at this address. The search below may lead to what you look for.
problem-no-study = Study not found
problem-no-study-means = No study with the number { $id } is held here. Check the number, or search for a condition.
problem-bad-input = This cannot be used
problem-other-origin = Not accepted
problem-other-origin-means = This form was sent from another web site. Open the page here and send it again.
problem-too-long = This took too long
problem-too-long-means = The answer took longer than a request may. Try again, or ask for less at once.
problem-ours = Something went wrong here
problem-ours-means = This is our fault, not yours. Please try again in a moment.
problem-too-large = What was sent is larger than what is read here.
problem-unreadable = The address or the form could not be read. Please go back and try again.
problem-reference = If you tell us about it, give this number: { $reference }
problem-home = To the first page
