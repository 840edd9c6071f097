"""Questions to start with: easy for the shy, about work, and worth more than the weather."""

from domain.messages import IntroductionMessage, Why
from slack_handlers.blocks.message import escaped
from slack_handlers.blocks.words import Words, marked

# Slack takes 3,000 characters in a section, which also says why these people meet.
LONGEST_INTEREST = 200

# translators: each question goes to two or three people at once, so address all of them.
DEPARTMENTS = (
    marked("What should other teams ask yours sooner?"),
    marked("Which part of your work would surprise people outside your team?"),
    marked("What is your team trying to find out at the moment?"),
    marked("If you could swap desks with another team for a week, which one would it be, and why?"),
    marked("What is good to know about your work before one asks for it?"),
    marked("Which number, chart or list does your team look at first, and what does it tell you?"),
    marked("What does your team know that would help others, if only they knew whom to ask?"),
    marked("Whose work do you depend on without seeing much of it?"),
    marked("Which word does your team use every day that nobody else understands?"),
    marked("What happens to your work once it leaves your team?"),
)
EXPERIENCE = (
    marked("What have you learnt here that you wish you had known in your first month?"),
    marked("What has lately changed in how you work, and has it become better?"),
    marked("What would you like to be asked more often?"),
    marked("Which advice about work has stayed with you?"),
    marked("What are you learning at the moment, and who could show you more of it?"),
    marked("Which of our habits here would you explain first to somebody new?"),
)
OFFICES = (
    marked("What is different about a working day where you are?"),
    marked("What works better in your office than elsewhere, and could others copy it?"),
    marked("What do people at other offices not hear about yours?"),
    marked("When you work with other offices, what makes it easy, and what makes it slow?"),
    marked("If a colleague from another office came for a day, what should they see?"),
)
INTEREST = (
    marked("How did you come to {interest}?"),
    marked("What would you show a beginner first about {interest}?"),
    marked("What about {interest} is harder than it looks?"),
    marked("What has {interest} taught you that helps at work?"),
)
GENERAL = (
    marked("What does a good day at work look like for you?"),
    marked("Which tool or habit would you not want to work without?"),
    marked("Who here has helped you lately, and how?"),
    marked("What would you like to understand about how the rest of the company works?"),
    marked("What did you do before this job that still helps you today?"),
    marked("Which question do you get asked most, and what do you answer?"),
    marked("What is a small thing that would make your week easier?"),
    marked("What are you working on that you would gladly show somebody?"),
    marked("Whom else here should the others meet, and what about?"),
    marked("Which project here would you like to hear the story behind?"),
)


def starter(words: Words, content: IntroductionMessage) -> str:
    """One question of those that fit what the people share or don't; the same introduction keeps its own."""
    kinds = _kinds(content)
    # Each kind has the same chance, however many questions it has.
    number, kind = divmod(content.starter, len(kinds))
    question = kinds[kind][number % len(kinds[kind])]
    return words.say(question, interest=escaped(shared_interest(content), most=LONGEST_INTEREST))


def shared_interest(content: IntroductionMessage) -> str:
    """An interest that all of them name, as the first of them writes it; "" where there is none."""
    if Why.SHARED_INTEREST not in content.why:
        return ""
    named = [
        {part.strip().casefold(): part.strip() for part in (card.interests or "").split(",") if part.strip()}
        for card in content.people
    ]
    shared = sorted(set.intersection(*(set(one) for one in named)))
    return named[0][shared[0]] if shared else ""


def _kinds(content: IntroductionMessage) -> list[tuple[str, ...]]:
    kinds: list[tuple[str, ...]] = [GENERAL]
    if len({card.department for card in content.people if card.department}) > 1:
        kinds.append(DEPARTMENTS)
    if len({card.office for card in content.people if card.office}) > 1:
        kinds.append(OFFICES)
    if content.experience_differs:
        kinds.append(EXPERIENCE)
    if shared_interest(content):
        kinds.append(INTEREST)
    return kinds
