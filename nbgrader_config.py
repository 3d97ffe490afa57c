"""nbgrader's settings for this course. Where a default of nbgrader stays, there is nothing here."""

from pathlib import Path

from autograder.gradebook.by_hand import keep_trail_of_people
from autograder.gradebook.live import live_gradebook

c = get_config()  # noqa: F821  nbgrader defines it

# The name under which assignments are registered in the gradebook. The folders are nbgrader's own
# (source/, release/, submitted/, autograded/, feedback/).
c.CourseDirectory.course_id = "first-steps-in-deep-learning"

# gradebook.db beside this file is in git and stays pristine. Marks go into a copy of it, .autograder/gradebook.db,
# which git ignores; it is made when it is first needed. For PostgreSQL instead:
# c.CourseDirectory.db_url = "postgresql+psycopg2://USER:PASSWORD@HOST/DATABASE" (with the driver's name: SQLAlchemy's
# own choice of one changed between its versions).
c.CourseDirectory.db_url = live_gradebook(Path(__file__).parent)

# What people give and write in the formgrader goes into the trail that `autograder history A` tells.
keep_trail_of_people(Path(__file__).parent)

# Submissions run on the course's own engine: confined, in a fork of a warm interpreter, judged by tests that
# no notebook holds. Notebooks of other courses run in the same sandbox, cell by cell.
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader.execute.GradeInSandbox",  # where Execute stood
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# An answer that calls an earlier, wrong one is asked once more with a stand-in in its place, so that one error costs
# marks once. c.GradeInSandbox.carry_forward = False switches that off, here and for `autograder grade`.
c.GradeInSandbox.carry_forward = True

# A cell that a student doubled, split, edited or deleted must not stop the class, as one doubled cell
# otherwise does.
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "autograder.nbgrader.mending.MendCells",  # where DeduplicateIds stood
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# c.OverwriteCells.add_missing_cells stays off: MendCells puts deleted cells back, also where nbgrader's own way
# ends in a KeyError (the cell before the deleted one is gone too).

# What lateness costs: by nbgrader's default nothing. In one line, ten per cent of the marks for each day begun
# (c.PerDay.share, .most and .grace set it; `autograder class extend STUDENT A --days 2` gives more time):
# c.AssignLatePenalties.plugin_class = "autograder.nbgrader.late.PerDay"

# Several graders may work on one gradebook: each waits its turn for up to a minute.
c.Autograde.pre_convert_hook = "autograder.nbgrader.patience.wait_for_the_gradebook"

# With c.CourseDirectory.groupshared = True, a student's folder in autograded/ and feedback/ is the group's too.
c.Autograde.post_convert_hook = "autograder.nbgrader.shared_folders.share_student_folders"
c.GenerateFeedback.post_convert_hook = "autograder.nbgrader.shared_folders.share_student_folders"

# Students own what they hand in through the exchange: what is no regular file of theirs is not collected.
c.ExchangeFactory.collect = "autograder.nbgrader.collect.CollectRegularFiles"

# Seconds for one cell of a notebook of another course. This course's own limits stand with its questions.
c.Execute.timeout = 30

# Feedback pages of this course's assignments: question by question, readable without the network and in the dark.
c.GenerateFeedback.exporter_class = "autograder.nbgrader.feedback.FeedbackPage"

# HTMLExporter.sanitize_html stays off: it knows neither <th> nor <thead>, so every table of pandas in a
# feedback page would become a heap of tags, and it does not reach Markdown in nbgrader's template anyway.
# What is stored in autograded/ has been made harmless already, outputs and text alike.
