## What stands around every page.

frame-skip = Skip to content
frame-demonstration = Demonstration.
frame-demonstration-means = Every study here is invented. Nobody can join one.
frame-nav = Main
frame-nav-search = Find a trial
frame-nav-match = For a person
frame-nav-screen = Check a record
frame-nav-about = About
frame-advice = Information to talk over with a doctor; no medical advice, and no decision. The study team decides who may take part. Do not stop or change any medicine because of what you read here.
frame-emergency = In an emergency, call your local emergency number. Taking part in a study is voluntary; it may not help you and may carry risks.
frame-language = Language
