## Questions people ask about trials.

questions-heading = Questions people ask about trials
questions-what = What is a clinical trial?
questions-what-answer = A study in which people take part so that doctors learn how well a treatment works, how safe it is, or how an illness runs. It follows a written plan. A committee that does not belong to the study looks at the plan first.
questions-why = Why do people take part?
questions-why-answer = Some look for another way to be treated, though nobody can say that it will work. Many want to help people who fall ill later. You need no reason to say no.
questions-help = Will it help me?
questions-help-answer = Nobody can say. A trial is done because the answer is not known. It may not help you, and it may carry risks. Others may gain from what is learned.
questions-stay = Do I have to stay until the end?
questions-stay-answer = No. Taking part is voluntary. You may stop at any time and need not say why. Your usual care goes on. Tell the study team before you stop, so that you can stop in a safe way.
questions-consent = What is informed consent?
questions-consent-answer = Before you join, the study team must tell you what will be done, what may go wrong and what else you could do. You may ask anything and take the papers home. You sign only if you agree. For a child, a parent or guardian signs, and a child who can understand is asked as well.
questions-placebo = Might I be given a placebo?
questions-placebo-answer = In some trials, yes. The record says whether a group is given one. If so, you are told before you sign that it may happen.
questions-long = How long does a trial last?
questions-long-answer = Some last weeks, some years. The dates below are for the whole study, not for one person. Ask the study team how long you would take part, and how often you must come.
questions-safe = How safe is it?
questions-safe-answer = Every treatment can do harm, and a new one in ways that nobody knows yet. Early phases test mainly for that. An ethics committee looks at the plan first, and many trials have a group of experts who may stop them if they do harm. The study team must tell you what is known before you agree.
questions-paid = Am I paid for taking part?
questions-paid-answer = Some studies pay for travel or time, others do not. Ask the study team. The record has no place for it.
questions-cost = What does it cost?
questions-cost-answer = That differs from study to study. Ask who pays for the treatment, the tests, the travel and the care if you are harmed.
questions-medicine = Should I stop a medicine to be able to join?
questions-medicine-answer = No. Do not stop or change any medicine because of what you read here. Talk with your own doctor first.
questions-decides = Who decides whether I can join?
questions-decides-answer = The study team. They look at your health record and often do tests, which is called screening. What this page says is only a first look.
