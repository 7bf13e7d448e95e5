from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('viewlog', '0001_initial'),
    ]

    operations = [
        migrations.AlterField(
            model_name='viewentry',
            name='manner',
            field=models.CharField(choices=[('page', 'Pagina geopend'), ('form', 'Formulier geopend'), ('file', 'Bijlage opgehaald'), ('api', 'Opgehaald door een programma'), ('export', 'Als werkmap opgehaald'), ('log', 'Inzagelog bekeken')], max_length=10, verbose_name='wijze'),
        ),
    ]
