"""Questions to start with: easy for the shy, and worth more than the weather."""

STARTERS = (
    "What should other teams ask yours sooner?",
    "What does a good day at work look like for you?",
    "Which part of your work would surprise people outside your team?",
    "What have you learnt here that you wish you had known in your first month?",
    "What is your team trying to find out at the moment?",
    "Which tool or habit would you not want to work without?",
    "Who here has helped you lately, and how?",
    "What would you like to understand about how the rest of the company works?",
    "What did you do before this job that still helps you today?",
    "Which question do you get asked most, and what do you answer?",
    "What is a small thing that would make your week easier?",
    "If you could swap desks with another team for a week, which one would it be?",
)


def starter(number: int) -> str:
    """The question that belongs to a number."""
    return STARTERS[number % len(STARTERS)]
