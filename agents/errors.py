"""What can go wrong with a language model, each as one line: role, model and server, what happened, what to do."""


class LanguageModelError(RuntimeError):
    """A language model could not answer.

    Attributes:
        asked: the role, its model and the server; the door fills it in.
    """

    asked = ""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)

    def __str__(self) -> str:
        problem, remedy = self.args
        return f"{self.asked}{': ' if self.asked else ''}{problem}; {remedy}"


class NotAccepted(LanguageModelError):
    """The server does not take the request as it stands; it may take one that asks for less."""


class NoFittingAnswer(LanguageModelError):
    """The model answered, and could not be brought to answer as it was asked to."""


class BudgetExceeded(LanguageModelError):
    """The run's tokens or money are spent."""
