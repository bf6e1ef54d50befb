"""All that came to the tables after version 0.1.0."""

import astana.models.reading_class
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from astana.migrations import _guards
from astana.migrations._one_at_a_time import OneAtATime


class Migration(OneAtATime):

    # Databases that went through these have all that is here.
    replaces = [
        ('astana', '0002_what_is_said'),
        ('astana', '0003_reset_passages'),
        ('astana', '0004_classes'),
        ('astana', '0005_imports'),
        ('astana', '0006_unfinished_codings'),
        ('astana', '0007_digests'),
        ('astana', '0008_changes_and_stances'),
        ('astana', '0009_added_in_passing'),
        ('astana', '0010_foreign_ids_and_suggestions'),
        ('astana', '0013_coders_of_files'),
        ('astana', '0014_column_mappings'),
        ('astana', '0015_uploads'),
        ('astana', '0018_writes_counted'),
        ('astana', '0017_orders_of_lists'),
    ]

    dependencies = [
        ('astana', '0001_initial'),
    ]

    operations = [
        # SQLite makes the tables that change anew, and the triggers name them.
        migrations.RunPython(_guards.remove, _guards.install),
        migrations.RemoveConstraint(
            model_name='anchor',
            name='anchor_place_fits_health',
        ),
        migrations.RemoveConstraint(
            model_name='evidence',
            name='evidence_place_fits_health',
        ),
        migrations.RemoveConstraint(
            model_name='position',
            name='position_attributed_by_another',
        ),
        migrations.RemoveConstraint(
            model_name='merge',
            name='merge_kind_known',
        ),
        migrations.RemoveConstraint(
            model_name='rendition',
            name='rendition_kind_and_rights_known',
        ),
        migrations.CreateModel(
            name='Coder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='short name')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coders', to='astana.dossier', verbose_name='dossier')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pseudonyms', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'coder of a file',
                'verbose_name_plural': 'coders of files',
                'ordering': ['slug'],
                'constraints': [models.UniqueConstraint(fields=('dossier', 'slug'), name='coder_slug_once'), models.UniqueConstraint(fields=('dossier', 'name'), name='coder_name_once')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalCoder',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, verbose_name='short name')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('dossier', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.dossier', verbose_name='dossier')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'historical coder of a file',
                'verbose_name_plural': 'historical coders of files',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Examined',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examined', to='astana.document', verbose_name='document')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='examined', to='astana.issue', verbose_name='issue')),
            ],
            options={
                'verbose_name': 'issue examined',
                'verbose_name_plural': 'issues examined',
                'ordering': ['document', 'issue'],
                'constraints': [models.UniqueConstraint(fields=('document', 'issue'), name='examined_once', violation_error_message='The document is already recorded as examined for this issue.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalExamined',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('document', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.document', verbose_name='document')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.issue', verbose_name='issue')),
            ],
            options={
                'verbose_name': 'historical issue examined',
                'verbose_name_plural': 'historical issues examined',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('kind', models.CharField(choices=[('same-utterance', 'same utterance as'), ('reason-for', 'reason for'), ('answers', 'answers'), ('repeats', 'repeats')], max_length=14, verbose_name='kind')),
                ('position', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='astana.position', verbose_name='position')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_from', to='astana.position', verbose_name='to')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
                'ordering': ['position', 'kind', 'to'],
                'constraints': [models.UniqueConstraint(fields=('position', 'kind', 'to'), name='link_once', violation_error_message='The two positions are already linked in this way.'), models.UniqueConstraint(condition=models.Q(('kind', 'same-utterance')), fields=('position',), name='link_one_fuller_rendering', violation_error_message='The position is already the same utterance as another one.'), models.CheckConstraint(condition=models.Q(('position', models.F('to')), _negated=True), name='link_of_two', violation_error_message='A position cannot be linked to itself. Choose another.'), models.CheckConstraint(condition=models.Q(('kind__in', ['same-utterance', 'reason-for', 'answers', 'repeats'])), name='link_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalLink',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('kind', models.CharField(choices=[('same-utterance', 'same utterance as'), ('reason-for', 'reason for'), ('answers', 'answers'), ('repeats', 'repeats')], max_length=14, verbose_name='kind')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('position', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.position', verbose_name='position')),
                ('to', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.position', verbose_name='to')),
            ],
            options={
                'verbose_name': 'historical link',
                'verbose_name_plural': 'historical links',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='LookedFor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looked_for', to='astana.article', verbose_name='article')),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='looked_for', to='astana.issue', verbose_name='issue')),
            ],
            options={
                'verbose_name': 'issue looked for',
                'verbose_name_plural': 'issues looked for',
                'ordering': ['article', 'issue'],
                'constraints': [models.UniqueConstraint(fields=('article', 'issue'), name='looked_for_once', violation_error_message='The article is already recorded as read for this issue.')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalLookedFor',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('revision', models.PositiveIntegerField(default=1, editable=False, verbose_name='revision')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('article', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.article', verbose_name='article')),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issue', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.issue', verbose_name='issue')),
            ],
            options={
                'verbose_name': 'historical issue looked for',
                'verbose_name_plural': 'historical issues looked for',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Class',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=astana.models.reading_class.new_code, editable=False, max_length=8, unique=True, verbose_name='join code')),
                ('blind', models.TextField(max_length=8000, verbose_name='blind reading')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='opened')),
                ('expires_at', models.DateTimeField(default=astana.models.reading_class._expiry, verbose_name='expires')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classes', to='astana.dossier', verbose_name='dossier')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='classes', to=settings.AUTH_USER_MODEL, verbose_name='teacher')),
            ],
            options={
                'verbose_name': 'class',
                'verbose_name_plural': 'classes',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Pupil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(editable=False, max_length=32, verbose_name='random number')),
                ('guesses', models.JSONField(default=dict, verbose_name='guesses')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pupils', to='astana.class', verbose_name='class')),
            ],
            options={
                'verbose_name': 'pupil',
                'verbose_name_plural': 'pupils',
                'ordering': ['group', 'id'],
                'constraints': [models.UniqueConstraint(fields=('group', 'token'), name='pupil_once_in_a_class')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('noun', models.CharField(max_length=40, verbose_name='table')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('kind', models.CharField(max_length=10, verbose_name='kind of file')),
                ('content', models.TextField(editable=False, verbose_name='content')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('refused', 'refused'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='waiting', max_length=10, verbose_name='state')),
                ('run', models.PositiveIntegerField(default=1, editable=False)),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='rows')),
                ('checked', models.PositiveIntegerField(default=0, verbose_name='rows checked')),
                ('added', models.PositiveIntegerField(default=0, verbose_name='added')),
                ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                ('problems', models.JSONField(default=list, editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked for')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='started')),
                ('seen_at', models.DateTimeField(editable=False, null=True, verbose_name='last heard of')),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='imports', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'refused', 'failed', 'cancelled'])), name='import_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=200, verbose_name='file')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('refused', 'refused'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='waiting', max_length=10, verbose_name='state')),
                ('run', models.PositiveIntegerField(default=1, editable=False)),
                ('problems', models.JSONField(default=list, editable=False)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='asked for')),
                ('started_at', models.DateTimeField(editable=False, null=True, verbose_name='started')),
                ('seen_at', models.DateTimeField(editable=False, null=True, verbose_name='last heard of')),
                ('finished_at', models.DateTimeField(editable=False, null=True, verbose_name='finished')),
                ('format', models.CharField(blank=True, max_length=40, verbose_name='format')),
                ('options', models.JSONField(default=dict, editable=False)),
                ('content', models.BinaryField(verbose_name='content')),
                ('is_loading', models.BooleanField(default=False, editable=False)),
                ('told', models.JSONField(default=dict, editable=False)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='astana.dossier', verbose_name='dossier')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL, verbose_name='user')),
            ],
            options={
                'verbose_name': 'upload',
                'verbose_name_plural': 'uploads',
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'done', 'refused', 'failed', 'cancelled'])), name='upload_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ColumnMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('format', models.CharField(max_length=20, verbose_name='format')),
                ('options', models.JSONField(default=dict, verbose_name='options')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='astana.dossier', verbose_name='dossier')),
            ],
            options={
                'verbose_name': 'column mapping',
                'verbose_name_plural': 'column mappings',
                'constraints': [models.UniqueConstraint(fields=('dossier', 'format'), name='column_mapping_once_for_a_format')],
            },
        ),
        migrations.CreateModel(
            name='Unfinished',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('start', models.PositiveIntegerField(null=True, verbose_name='start')),
                ('end', models.PositiveIntegerField(null=True, verbose_name='end')),
                ('form', models.CharField(max_length=32, verbose_name='form')),
                ('typed', models.TextField(verbose_name='what was typed')),
                ('revision', models.PositiveIntegerField(default=1, verbose_name='revision')),
                ('kept_at', models.DateTimeField(verbose_name='kept')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='astana.dossier', verbose_name='dossier')),
                ('rendition', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='astana.rendition', verbose_name='text')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unfinished', to=settings.AUTH_USER_MODEL, verbose_name='coder')),
                ('position', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='astana.position', verbose_name='position')),
            ],
            options={
                'verbose_name': 'unfinished coding',
                'verbose_name_plural': 'unfinished codings',
                'ordering': ['-kept_at', '-id'],
                'constraints': [models.UniqueConstraint(fields=('user', 'form'), name='unfinished_once_for_a_form'), models.CheckConstraint(condition=django.db.models.lookups.LessThanOrEqual(django.db.models.functions.text.Length('typed'), 20000), name='unfinished_is_bounded'), models.CheckConstraint(condition=models.Q(models.Q(('position', None), ('rendition__isnull', False), ('start__lt', models.F('end'))), models.Q(('end', None), ('position__isnull', False), ('rendition', None), ('start', None)), _connector='OR'), name='unfinished_is_for_one_thing')],
            },
        ),
        migrations.AddField(
            model_name='actor',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='actor',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('public', False), ('proposed', False), _connector='OR'), name='actor_proposed_is_not_public'),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('dossier', 'foreign_id'), name='actor_foreign_id_once', violation_error_message='The dossier has a record with this foreign identifier.'),
        ),
        migrations.AlterField(
            model_name='anchor',
            name='health',
            field=models.CharField(choices=[('intact', 'intact'), ('reset', 'intact in another setting'), ('moved', 'moved'), ('ambiguous', 'ambiguous'), ('lost', 'lost')], default='intact', editable=False, max_length=10, verbose_name='health'),
        ),
        migrations.AddConstraint(
            model_name='anchor',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__gte', 0), ('start__isnull', False), ('health__in', ['intact', 'reset', 'moved'])), models.Q(('end__isnull', True), ('start__isnull', True), ('health__in', ['ambiguous', 'lost'])), _connector='OR'), name='anchor_place_fits_health', violation_error_message='The passage ends before it starts.'),
        ),
        migrations.AddField(
            model_name='article',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('dossier', 'foreign_id'), name='article_foreign_id_once', violation_error_message='The dossier has a record with this foreign identifier.'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['dossier', 'title', 'published', 'slug'], name='article_by_title'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['source', '-published', 'slug'], name='article_of_source'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['dossier', 'language', '-published', 'slug'], name='article_by_language'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['dossier', 'coverage', '-published', 'slug'], name='article_by_coverage'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='pseudonym',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='astana.coder', verbose_name='coder in the file'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='assigned_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments_given', to=settings.AUTH_USER_MODEL, verbose_name='assigned by'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='coder',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to=settings.AUTH_USER_MODEL, verbose_name='coder'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('article', 'pseudonym'), name='assignment_of_pseudonym_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('coder__isnull', False), ('pseudonym__isnull', False), _connector='OR'), name='assignment_of_somebody', violation_error_message='Choose who will code it.'),
        ),
        migrations.AddField(
            model_name='document',
            name='added_under',
            field=models.ForeignKey(blank=True, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='document',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='document',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('public', False), ('proposed', False), _connector='OR'), name='document_proposed_is_not_public'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='additions_are_proposed',
            field=models.BooleanField(default=False, help_text='Actors, issues, stances, events and documents: a reviewer accepts, merges or renames them before anything that names them is published. Otherwise they are accepted at once.', verbose_name='what coders add while they code is a proposal'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='writes',
            field=models.PositiveBigIntegerField(db_default=1, default=1, editable=False, help_text='Rises with every write.', verbose_name='writes'),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='version',
            field=models.PositiveBigIntegerField(default=1, editable=False, help_text='Rises with every write that readers can see.', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='event',
            name='added_under',
            field=models.ForeignKey(blank=True, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='event',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='event',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('public', False), ('proposed', False), _connector='OR'), name='event_proposed_is_not_public'),
        ),
        migrations.AlterField(
            model_name='evidence',
            name='health',
            field=models.CharField(choices=[('intact', 'intact'), ('reset', 'intact in another setting'), ('moved', 'moved'), ('ambiguous', 'ambiguous'), ('lost', 'lost')], default='intact', editable=False, max_length=10, verbose_name='health'),
        ),
        migrations.AddConstraint(
            model_name='evidence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('end__gt', models.F('start')), ('end__isnull', False), ('start__gte', 0), ('start__isnull', False), ('health__in', ['intact', 'reset', 'moved'])), models.Q(('end__isnull', True), ('start__isnull', True), ('health__in', ['ambiguous', 'lost'])), _connector='OR'), name='evidence_place_fits_health', violation_error_message='The passage ends before it starts.'),
        ),
        migrations.AddIndex(
            model_name='evidence',
            index=models.Index(fields=['rendition', 'position'], name='evidence_in_text'),
        ),
        migrations.AddField(
            model_name='historicalactor',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='historicalactor',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AlterField(
            model_name='historicalanchor',
            name='health',
            field=models.CharField(choices=[('intact', 'intact'), ('reset', 'intact in another setting'), ('moved', 'moved'), ('ambiguous', 'ambiguous'), ('lost', 'lost')], default='intact', editable=False, max_length=10, verbose_name='health'),
        ),
        migrations.AddField(
            model_name='historicalarticle',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddField(
            model_name='historicalassignment',
            name='pseudonym',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.coder', verbose_name='coder in the file'),
        ),
        migrations.AddField(
            model_name='historicaldocument',
            name='added_under',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='historicaldocument',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='historicaldocument',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddField(
            model_name='historicaldossier',
            name='additions_are_proposed',
            field=models.BooleanField(default=False, help_text='Actors, issues, stances, events and documents: a reviewer accepts, merges or renames them before anything that names them is published. Otherwise they are accepted at once.', verbose_name='what coders add while they code is a proposal'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='added_under',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AlterField(
            model_name='historicalevidence',
            name='health',
            field=models.CharField(choices=[('intact', 'intact'), ('reset', 'intact in another setting'), ('moved', 'moved'), ('ambiguous', 'ambiguous'), ('lost', 'lost')], default='intact', editable=False, max_length=10, verbose_name='health'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='event',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The event that the question is about, if it is a fact about one event.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.event', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='per_event',
            field=models.BooleanField(default=False, help_text='Each event that a position names has its own answer.', verbose_name='asked of each event'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='scale',
            field=models.CharField(choices=[('ordered', 'ordered'), ('yes-no', 'yes or no'), ('nominal', 'nominal')], default='ordered', help_text='Ordered: the answers lie between two ends. Yes or no: asserts (1) or denies (-1). Nominal: the answers have no order, such as who or which one.', max_length=8, verbose_name='scale'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='added_under',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddField(
            model_name='historicalissue',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='authority',
            field=models.CharField(blank=True, choices=[('for-actor', 'speaks for the actor'), ('about-actor', 'speaks about the actor')], help_text='Whether the attributing actor speaks for the actor, such as its own spokesman, or about it. Empty if not known.', max_length=11, verbose_name='authority'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='certainty',
            field=models.CharField(choices=[('stated', 'stated'), ('implied', 'implied'), ('hinted', 'hinted')], default='stated', max_length=7, verbose_name='certainty'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='held',
            field=models.CharField(blank=True, help_text='When the actor held it, if not when it was said.', max_length=30, verbose_name='held'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='suggested_by',
            field=models.CharField(blank=True, default='', editable=False, help_text='The rule or model that suggested it, with its version, or the person.', max_length=200, verbose_name='suggested by'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='suggestion',
            field=models.CharField(blank=True, choices=[('accepted', 'accepted'), ('changed', 'changed')], default='', editable=False, max_length=8, verbose_name='suggestion'),
        ),
        migrations.AddField(
            model_name='historicalposition',
            name='pseudonym',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.coder', verbose_name='coder in the file'),
        ),
        migrations.AlterField(
            model_name='historicalposition',
            name='document',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='If the voice is “document”, the position is a provision of it; otherwise the position is about it.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.document', verbose_name='document'),
        ),
        migrations.AlterField(
            model_name='historicalposition',
            name='event',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='Where it was said or, for a fact, the event that it is about.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.event', verbose_name='event'),
        ),
        migrations.AlterField(
            model_name='historicalposition',
            name='speaker',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='The person who spoke for the actor, or for the attributing actor, if named.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.actor', verbose_name='speaker'),
        ),
        migrations.AlterField(
            model_name='historicalrendition',
            name='kind',
            field=models.CharField(choices=[('full', 'full text'), ('synopsis', 'synopsis'), ('translation', 'translation'), ('excerpt', 'excerpt'), ('record', 'database record')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='historicalstance',
            name='counter_examples',
            field=models.TextField(blank=True, max_length=10000, verbose_name='counter-examples'),
        ),
        migrations.AddField(
            model_name='historicalstance',
            name='description',
            field=models.TextField(blank=True, help_text='The codebook entry: what the stance covers.', max_length=10000, verbose_name='definition'),
        ),
        migrations.AddField(
            model_name='historicalstance',
            name='examples',
            field=models.TextField(blank=True, max_length=10000, verbose_name='examples'),
        ),
        migrations.AddField(
            model_name='historicalstance',
            name='added_under',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='historicalstance',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='historicalstance',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddField(
            model_name='issue',
            name='event',
            field=models.ForeignKey(blank=True, help_text='The event that the question is about, if it is a fact about one event.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='issues', to='astana.event', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='issue',
            name='per_event',
            field=models.BooleanField(default=False, help_text='Each event that a position names has its own answer.', verbose_name='asked of each event'),
        ),
        migrations.AddField(
            model_name='issue',
            name='scale',
            field=models.CharField(choices=[('ordered', 'ordered'), ('yes-no', 'yes or no'), ('nominal', 'nominal')], default='ordered', help_text='Ordered: the answers lie between two ends. Yes or no: asserts (1) or denies (-1). Nominal: the answers have no order, such as who or which one.', max_length=8, verbose_name='scale'),
        ),
        migrations.AddField(
            model_name='issue',
            name='added_under',
            field=models.ForeignKey(blank=True, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='issue',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='issue',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddField(
            model_name='issue',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('scale__in', ['ordered', 'yes-no', 'nominal'])), name='issue_scale_known'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'fact'), models.Q(('event__isnull', True), ('per_event', False)), _connector='OR'), name='issue_of_an_event_is_a_fact', violation_error_message='Only a disputed fact can be asked of events. Choose that kind, or no event.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('event__isnull', True), ('per_event', False), _connector='OR'), name='issue_of_one_event_or_each', violation_error_message='Choose the event that it is about, or ask it of each event; not both.'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.CheckConstraint(condition=models.Q(('public', False), ('proposed', False), _connector='OR'), name='issue_proposed_is_not_public'),
        ),
        migrations.AddConstraint(
            model_name='issue',
            constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('dossier', 'foreign_id'), name='issue_foreign_id_once', violation_error_message='The dossier has a record with this foreign identifier.'),
        ),
        migrations.AlterField(
            model_name='merge',
            name='noun',
            field=models.CharField(choices=[('actor', 'actor'), ('issue', 'issue'), ('stance', 'stance'), ('event', 'event'), ('document', 'document')], max_length=8, verbose_name='of'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'merge'), ('noun__in', ['actor', 'issue', 'stance', 'event', 'document'])), models.Q(('kind', 'split'), ('noun__in', ['actor', 'issue'])), _connector='OR'), name='merge_kind_known'),
        ),
        migrations.AddField(
            model_name='notice',
            name='digested_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='position',
            name='authority',
            field=models.CharField(blank=True, choices=[('for-actor', 'speaks for the actor'), ('about-actor', 'speaks about the actor')], help_text='Whether the attributing actor speaks for the actor, such as its own spokesman, or about it. Empty if not known.', max_length=11, verbose_name='authority'),
        ),
        migrations.AddField(
            model_name='position',
            name='certainty',
            field=models.CharField(choices=[('stated', 'stated'), ('implied', 'implied'), ('hinted', 'hinted')], default='stated', max_length=7, verbose_name='certainty'),
        ),
        migrations.AddField(
            model_name='position',
            name='held',
            field=models.CharField(blank=True, help_text='When the actor held it, if not when it was said.', max_length=30, verbose_name='held'),
        ),
        migrations.AddField(
            model_name='position',
            name='foreign_id',
            field=models.CharField(blank=True, default='', editable=False, help_text='Its identifier in the file that it came from, such as dna:a:statement:17.', max_length=200, verbose_name='foreign identifier'),
        ),
        migrations.AddField(
            model_name='position',
            name='suggested_by',
            field=models.CharField(blank=True, default='', editable=False, help_text='The rule or model that suggested it, with its version, or the person.', max_length=200, verbose_name='suggested by'),
        ),
        migrations.AddField(
            model_name='position',
            name='suggestion',
            field=models.CharField(blank=True, choices=[('accepted', 'accepted'), ('changed', 'changed')], default='', editable=False, max_length=8, verbose_name='suggestion'),
        ),
        migrations.AddField(
            model_name='position',
            name='pseudonym',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='astana.coder', verbose_name='coder in the file'),
        ),
        migrations.AlterField(
            model_name='position',
            name='document',
            field=models.ForeignKey(blank=True, help_text='If the voice is “document”, the position is a provision of it; otherwise the position is about it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='astana.document', verbose_name='document'),
        ),
        migrations.AlterField(
            model_name='position',
            name='event',
            field=models.ForeignKey(blank=True, help_text='Where it was said or, for a fact, the event that it is about.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='positions', to='astana.event', verbose_name='event'),
        ),
        migrations.AlterField(
            model_name='position',
            name='speaker',
            field=models.ForeignKey(blank=True, help_text='The person who spoke for the actor, or for the attributing actor, if named.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spoken_positions', to='astana.actor', verbose_name='speaker'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('authority', ''), models.Q(('authority__in', ['for-actor', 'about-actor']), ('voice', 'attributed')), _connector='OR'), name='position_authority_of_who_attributes', violation_error_message='Leave the authority empty, or choose the voice “attributed”.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('certainty__in', ['stated', 'implied', 'hinted'])), name='position_certainty_known'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.UniqueConstraint(condition=models.Q(('foreign_id', ''), _negated=True), fields=('dossier', 'foreign_id'), name='position_foreign_id_once', violation_error_message='The dossier has a record with this foreign identifier.'),
        ),
        migrations.AddConstraint(
            model_name='position',
            constraint=models.CheckConstraint(condition=models.Q(('suggestion', ''), models.Q(('suggestion__in', ['accepted', 'changed']), models.Q(('suggested_by', ''), _negated=True)), _connector='OR'), name='position_suggestion_of_something', violation_error_message='Say who or what suggested it, or leave the suggestion empty.'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(condition=models.Q(('speaker__isnull', False)), fields=['speaker', 'issue', 'public', 'first_hand', '-latest', '-earliest', '-id'], name='position_spoken'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(condition=models.Q(('event__isnull', False)), fields=['issue', 'event', 'actor', 'public', 'first_hand', '-latest', '-earliest', '-id'], name='position_of_event'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['stance', 'public', '-latest', '-earliest', '-id'], name='position_of_stance'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(condition=models.Q(('attributed_by__isnull', False)), fields=['attributed_by', 'public', '-latest', '-earliest', '-id'], name='position_attributed'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(fields=['dossier', 'public', 'summary', 'id'], name='position_by_summary'),
        ),
        migrations.AddIndex(
            model_name='position',
            index=models.Index(models.F('dossier'), models.OrderBy(django.db.models.functions.text.Length('key'), descending=True), models.OrderBy(models.F('key'), descending=True), name='position_by_length_of_key'),
        ),
        migrations.AlterField(
            model_name='rendition',
            name='kind',
            field=models.CharField(choices=[('full', 'full text'), ('synopsis', 'synopsis'), ('translation', 'translation'), ('excerpt', 'excerpt'), ('record', 'database record')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='rendition',
            constraint=models.CheckConstraint(condition=models.Q(('rights__in', ['public', 'members']), ('kind__in', ['full', 'synopsis', 'translation', 'excerpt', 'record'])), name='rendition_kind_and_rights_known'),
        ),
        migrations.AddField(
            model_name='stance',
            name='counter_examples',
            field=models.TextField(blank=True, max_length=10000, verbose_name='counter-examples'),
        ),
        migrations.AddField(
            model_name='stance',
            name='description',
            field=models.TextField(blank=True, help_text='The codebook entry: what the stance covers.', max_length=10000, verbose_name='definition'),
        ),
        migrations.AddField(
            model_name='stance',
            name='examples',
            field=models.TextField(blank=True, max_length=10000, verbose_name='examples'),
        ),
        migrations.AddField(
            model_name='stance',
            name='added_under',
            field=models.ForeignKey(blank=True, editable=False, help_text='The assignment under which a coder added it while coding.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='astana.assignment'),
        ),
        migrations.AddField(
            model_name='stance',
            name='proposed',
            field=models.BooleanField(default=False, editable=False, help_text='Yes if a coder added it while coding and no reviewer has accepted it yet.', verbose_name='proposed'),
        ),
        migrations.AddField(
            model_name='stance',
            name='public',
            field=models.BooleanField(default=True, editable=False, help_text='No if a coder added it while coding and readers have not seen it yet.'),
        ),
        migrations.AddConstraint(
            model_name='stance',
            constraint=models.CheckConstraint(condition=models.Q(('public', False), ('proposed', False), _connector='OR'), name='stance_proposed_is_not_public'),
        ),
        migrations.AddField(
            model_name='user',
            name='digest',
            field=models.CharField(blank=True, choices=[('', 'never'), ('daily', 'every day'), ('weekly', 'every week')], default='', help_text='Sent only if there are any. Each mail has a link to stop them.', max_length=6, verbose_name='send unread notices together by e-mail'),
        ),
        migrations.AddField(
            model_name='user',
            name='digest_sent_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last digest'),
        ),
        migrations.RunPython(_guards.install, _guards.remove),
    ]
