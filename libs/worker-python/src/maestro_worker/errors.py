"""How a step ends that does not succeed. Any other exception counts as a UserError."""


class UserError(Exception):
    """The step's own fault; retried as often as its policy says for errors."""


class PlatformError(Exception):
    """The surroundings' fault; retried as often as the policy says for platform errors."""


class FatalError(Exception):
    """Trying again is of no use."""


class StepTimeoutError(Exception):
    """Something took too long; retried as often as the policy says for timeouts."""


class Cancelled(Exception):
    """Raised by Step.raise_if_cancelled: the attempt was cancelled, timed out, or has to be given up."""
