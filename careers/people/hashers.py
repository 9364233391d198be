"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one lane.

    That is the first choice of OWASP's password storage sheet. Django's own (100 MiB, eight lanes)
    lets eight people who sign in at once take 800 MiB of a small server; measured in
    reference/security.md, 6.3. A password hashed otherwise is hashed anew when it is next typed.
    """

    memory_cost = 19_456
    time_cost = 2
    parallelism = 1
