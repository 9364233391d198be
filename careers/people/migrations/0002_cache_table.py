"""The table of the shared cache, so that no second command has to make it.

The cache knows it by its name alone (settings.CACHES); no model stands for it, hence the state is
left as it was. The columns are those of Django's createcachetable.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0001_engineer"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.CreateModel(
                    name="CacheRow",
                    fields=[
                        ("cache_key", models.CharField(max_length=255, primary_key=True)),
                        ("value", models.TextField()),
                        ("expires", models.DateTimeField(db_index=True)),
                    ],
                    options={"db_table": "cache"},
                ),
            ],
        ),
    ]
