"""Sixty and more small hand-in trees, each with the table that an intake must give of it.

A tree is a line for each file: its path, and after ``=`` what it holds (by its name otherwise): ``right`` answers,
the ``blank`` release, an ``other`` notebook, ``same`` for one and the same notebook, ``broken`` JSON, or a text.
A table is a line for each student (``ada: where``, or ``ada ! words of the reason``), each file that somebody must
look at (``? where``), and each missing student (``- ada``). ``@`` before a path names a folder that is read; else all is.
"""
# ruff: noqa: E501  a tree and its table are read side by side

from __future__ import annotations

from dataclasses import dataclass

from autograder.submission.roster import Person

A = "hw1"
CLASS = (
    Person("ada", "Ada", "Lovelace", "ada@example.org", "4711", "one"),
    Person("bob", "Bob", "Ross", "bob@example.org", "4712", "two"),
    Person("zoë", "Zoë", "Åberg", "zoe@example.org", "4713", "two"),
)
TEAMS = (Person("ada", team="reds"), Person("bob", team="reds"), Person("cy", team="blues"))


@dataclass(frozen=True)
class Case:
    """One tree and its table."""

    name: str
    tree: str
    table: str
    roster: tuple[Person, ...] = ()


_YML = "submission_metadata.yml"

CORPUS = (
    # nbgrader's own layout
    Case("submitted", "ada/hw1/hw1.ipynb\nbob/hw1/hw1.ipynb", "ada: ada/hw1/hw1.ipynb\nbob: bob/hw1/hw1.ipynb"),
    Case("another assignment beside", "ada/hw1/hw1.ipynb\nada/hw0/hw0.ipynb=other", "ada: ada/hw1/hw1.ipynb"),
    Case("only another assignment", "ada/hw1/hw1.ipynb\nbob/hw0/hw0.ipynb=other", "ada: ada/hw1/hw1.ipynb"),
    Case("an assignment that nobody knows", "ada/hw1/hw1.ipynb\nbob/xyz/xyz.ipynb=other", "ada: ada/hw1/hw1.ipynb"),
    Case("no notebook", "ada/hw1/hw1.ipynb\nbob/hw1/report.pdf", "ada: ada/hw1/hw1.ipynb\nbob ! 'report.pdf'"),
    Case("a script", "ada/hw1/hw1.ipynb\nbob/hw1.py", "ada: ada/hw1/hw1.ipynb\n? bob"),
    Case("an archive in the folder", "ada/hw1/hw1.ipynb\nbob/hw1/hw1.zip", "ada: ada/hw1/hw1.ipynb\nbob ! unpack"),
    Case("missing of the class", "ada/hw1/hw1.ipynb", "ada: ada/hw1/hw1.ipynb\n- bob\n- zoë", CLASS),
    Case("not of the class", "ada/hw1/hw1.ipynb\neve/hw1/hw1.ipynb",
         "ada: ada/hw1/hw1.ipynb\neve: eve/hw1/hw1.ipynb\n- bob\n- zoë", CLASS),
    Case("a stray beside folders", "ada/hw1/hw1.ipynb\nbob/hw1/hw1.ipynb\nUntitled.ipynb=other",
         "ada: ada/hw1/hw1.ipynb\nbob: bob/hw1/hw1.ipynb\n? Untitled.ipynb"),
    Case("the solution beside folders", "ada/hw1/hw1.ipynb\nhw1.ipynb", "ada: ada/hw1/hw1.ipynb\n? hw1.ipynb"),
    Case("a listed student's notebook beside folders", "ada/hw1/hw1.ipynb\nbob.ipynb",
         "ada: ada/hw1/hw1.ipynb\nbob: bob.ipynb\n- zoë", CLASS),
    Case("two attempts in the folder", "ada/hw1/hw1.ipynb\nada/hw1/hw1 (1).ipynb",
         "ada: ada/hw1/hw1.ipynb\n? ada/hw1/hw1 (1).ipynb"),
    Case("a doubled file", "ada/hw1/hw1.ipynb=same\nada/hw1/hw1-Copy1.ipynb=same", "ada: ada/hw1/hw1.ipynb"),
    Case("a blank copy", "ada/hw1/hw1.ipynb\nada/hw1/hw1-Copy1.ipynb=blank", "ada: ada/hw1/hw1.ipynb"),
    Case("scratch beside", "ada/hw1/hw1.ipynb\nada/hw1/scratch.ipynb=other", "ada: ada/hw1/hw1.ipynb"),
    Case("checkpoints", "ada/hw1/hw1.ipynb\nada/hw1/.ipynb_checkpoints/hw1-checkpoint.ipynb", "ada: ada/hw1/hw1.ipynb"),
    Case("only a checkpoint", "ada/hw1/.ipynb_checkpoints/hw1-checkpoint.ipynb\nbob/hw1/hw1.ipynb",
         "ada ! no notebook\nbob: bob/hw1/hw1.ipynb"),
    Case("a Mac's shadows", "ada/hw1/hw1.ipynb\nada/hw1/._hw1.ipynb=x\n__MACOSX/ada/hw1/._hw1.ipynb=x",
         "ada: ada/hw1/hw1.ipynb"),
    # other names of the notebook
    Case("(1)", "ada/hw1 (1).ipynb\nbob/hw1.ipynb", "ada: ada/hw1 (1).ipynb\nbob: bob/hw1.ipynb"),
    Case("Copy of", "ada/Copy of hw1.ipynb\nbob/hw1.ipynb", "ada: ada/Copy of hw1.ipynb\nbob: bob/hw1.ipynb"),
    Case("a name of their own", "ada/my homework.ipynb\nbob/hw1.ipynb", "ada: ada/my homework.ipynb\nbob: bob/hw1.ipynb"),
    Case("their own in nbgrader's folder", "ada/hw1/final FINAL.ipynb\nbob/hw1/hw1.ipynb",
         "ada: ada/hw1/final FINAL.ipynb\nbob: bob/hw1/hw1.ipynb"),
    Case("capital letters", "ada/HW1.IPYNB\nbob/hw1.ipynb", "ada: ada/HW1.IPYNB\nbob: bob/hw1.ipynb"),
    Case(".ipynb.json", "ada/hw1.ipynb.json\nbob/hw1.ipynb", "ada: ada/hw1.ipynb.json\nbob: bob/hw1.ipynb"),
    Case(".ipynb.txt", "ada/hw1/hw1.ipynb.txt\nbob/hw1/hw1.ipynb", "ada: ada/hw1/hw1.ipynb.txt\nbob: bob/hw1/hw1.ipynb"),
    Case("no suffix at all", "ada/hw1/hw1=right\nbob/hw1/hw1.ipynb", "ada: ada/hw1/hw1\nbob: bob/hw1/hw1.ipynb"),
    Case(".json", "ada/hw1/notebook.json=right\nbob/hw1/hw1.ipynb", "ada: ada/hw1/notebook.json\nbob: bob/hw1/hw1.ipynb"),
    Case("draft and final", "ada/draft.ipynb\nada/final.ipynb\nbob/hw1.ipynb",
         "ada ! 2 notebooks could be\nbob: bob/hw1.ipynb\n? ada/draft.ipynb\n? ada/final.ipynb"),
    Case("a blank and an answered one", "ada/a.ipynb=blank\nada/b.ipynb\nbob/hw1.ipynb",
         "ada: ada/b.ipynb\nbob: bob/hw1.ipynb"),
    Case("another course's only", "ada/lab.ipynb=other\nbob/hw1.ipynb", "ada ! 'lab.ipynb'\nbob: bob/hw1.ipynb\n? ada/lab.ipynb"),
    Case("broken, with the right name", "ada/hw1/hw1.ipynb=broken\nbob/hw1.ipynb", "ada: ada/hw1/hw1.ipynb\nbob: bob/hw1.ipynb"),
    Case("broken, with another name", "ada/mine.ipynb=broken\nbob/hw1.ipynb", "ada: ada/mine.ipynb\nbob: bob/hw1.ipynb"),
    # deeper, and sections
    Case("a folder in the folder", "ada/homework/hw1.ipynb\nbob/hw1.ipynb", "ada: ada/homework/hw1.ipynb\nbob: bob/hw1.ipynb"),
    Case("twice the folder", "ada/hw1/hw1/hw1.ipynb\nbob/hw1/hw1.ipynb", "ada: ada/hw1/hw1/hw1.ipynb\nbob: bob/hw1/hw1.ipynb"),
    Case("all in folders of their own", "ada/x/hw1.ipynb\nbob/y/hw1.ipynb", "ada: ada/x/hw1.ipynb\nbob: bob/y/hw1.ipynb"),
    Case("sections", "one/ada/hw1/hw1.ipynb\none/cy/hw1/hw1.ipynb\ntwo/bob/hw1/hw1.ipynb",
         "ada: one/ada/hw1/hw1.ipynb\nbob: two/bob/hw1/hw1.ipynb\ncy: one/cy/hw1/hw1.ipynb"),
    Case("sections of one, with a class list", "one/ada/hw1.ipynb\ntwo/bob/hw1.ipynb",
         "ada: one/ada/hw1.ipynb\nbob: two/bob/hw1.ipynb\n- zoë", CLASS),
    Case("sections of years", "2026/one/ada/hw1/hw1.ipynb\n2026/one/cy/hw1/hw1.ipynb",
         "ada: 2026/one/ada/hw1/hw1.ipynb\ncy: 2026/one/cy/hw1/hw1.ipynb"),
    Case("by assignment", "hw1/ada/hw1.ipynb\nhw1/bob/hw1.ipynb", "ada: hw1/ada/hw1.ipynb\nbob: hw1/bob/hw1.ipynb"),
    Case("by assignment, one student", "hw1/ada/hw1.ipynb", "ada: hw1/ada/hw1.ipynb"),
    Case("a student with drafts in folders", "ada/draft/hw1.ipynb\nada/final/hw1.ipynb\nbob/x/hw1.ipynb",
         "ada ! 2 notebooks\nbob: bob/x/hw1.ipynb\n? ada/draft/hw1.ipynb\n? ada/final/hw1.ipynb"),
    # a heap of notebooks
    Case("flat", "ada.ipynb\nbob.ipynb", "ada: ada.ipynb\nbob: bob.ipynb"),
    Case("flat, odd suffixes", "ada.ipynb\nbob.ipynb.json\ncy.ipynb.txt\ndee.IPYNB",
         "ada: ada.ipynb\nbob: bob.ipynb.json\ncy: cy.ipynb.txt\ndee: dee.IPYNB"),
    Case("flat, with the assignment's name", "hw1-ada.ipynb\nbob_hw1.ipynb\nhw1 cy.ipynb",
         "ada: hw1-ada.ipynb\nbob: bob_hw1.ipynb\ncy: hw1 cy.ipynb"),
    Case("flat, a stray", "ada.ipynb\nUntitled.ipynb=other", "ada: ada.ipynb\n? Untitled.ipynb"),
    Case("flat, nobody's", "ada.ipynb\nhw1.ipynb", "ada: ada.ipynb\n? hw1.ipynb"),
    Case("flat, twice", "ada.ipynb\nada (1).ipynb", "ada ! two notebooks of ada\n? ada.ipynb\n? ada (1).ipynb"),
    Case("flat, twice the same", "ada.ipynb=same\nada (1).ipynb=same", "ada: ada (1).ipynb"),
    Case("flat, a folder beside", "ada.ipynb\nbob.ipynb\nold/x.ipynb=other", "ada: ada.ipynb\nbob: bob.ipynb\n? old/x.ipynb"),
    Case("flat, an archive beside", "ada.ipynb\nbob.zip", "ada: ada.ipynb\n? bob.zip"),
    # names
    Case("a blank in the name", "ann lee/hw1/hw1.ipynb\no'brien/hw1/hw1.ipynb",
         "ann lee: ann lee/hw1/hw1.ipynb\no'brien: o'brien/hw1/hw1.ipynb"),
    Case("names that were folded to one", "a b.ipynb\na_b.ipynb", "a b: a b.ipynb\na_b: a_b.ipynb"),
    Case("decomposed, no list", "zoe\u0308/hw1/hw1.ipynb", "zoe\u0308: zoe\u0308/hw1/hw1.ipynb"),
    Case("decomposed, on the list", "zoe\u0308/hw1/hw1.ipynb", "zoë: zoe\u0308/hw1/hw1.ipynb\n- ada\n- bob", CLASS),
    Case("another case, on the list", "ADA/hw1/hw1.ipynb", "ada: ADA/hw1/hw1.ipynb\n- bob\n- zoë", CLASS),
    Case("the full name, on the list", "Ada Lovelace/hw1.ipynb", "ada: Ada Lovelace/hw1.ipynb\n- bob\n- zoë", CLASS),
    Case("the e-mail, on the list", "bob@example.org.ipynb", "bob: bob@example.org.ipynb\n- ada\n- zoë", CLASS),
    Case("two names of one on the list", "ada/hw1.ipynb\nADA/hw1.ipynb",
         "ada ! two notebooks of ada\n? ada/hw1.ipynb\n? ADA/hw1.ipynb\n- bob\n- zoë", CLASS),
    Case("a name like an assignment's", "hw0.ipynb\nada.ipynb", "ada: ada.ipynb\nhw0 ! assignment's"),
    Case("a team", "reds/hw1.ipynb\ncy/hw1.ipynb", "ada: reds/hw1.ipynb\nbob: reds/hw1.ipynb\ncy: cy/hw1.ipynb", TEAMS),
    Case("a team's repository", "@hw1-Reds/hw1.ipynb", "ada: hw1-Reds/hw1.ipynb\nbob: hw1-Reds/hw1.ipynb", TEAMS),
    # one student's
    Case("one folder", "@ada/hw1/hw1.ipynb", "ada: ada/hw1/hw1.ipynb", CLASS),
    Case("two folders", "@ada/hw1/hw1.ipynb\n@bob/hw1/hw1.ipynb", "ada: ada/hw1/hw1.ipynb\nbob: bob/hw1/hw1.ipynb"),
    Case("one folder, another name", "@ada/hw1 (2).ipynb", "ada: ada/hw1 (2).ipynb"),
    # learning management systems
    Case("Moodle", "Ada L_101_assignsubmission_file/hw1.ipynb\nBob B_102_assignsubmission_file_/my homework.ipynb",
         "Ada L: Ada L_101_assignsubmission_file/hw1.ipynb\n"
         "Bob B: Bob B_102_assignsubmission_file_/my homework.ipynb"),
    Case("Moodle, on the list", "Ada Lovelace_101_assignsubmission_file/x.ipynb",
         "ada: Ada Lovelace_101_assignsubmission_file/x.ipynb\n- bob\n- zoë", CLASS),
    Case("Moodle, one folder", "@Ada L_101_assignsubmission_file/hw1.ipynb", "Ada L: Ada L_101_assignsubmission_file/hw1.ipynb"),
    Case("Moodle, flat", "Ada L_101_assignsubmission_file_hw1.ipynb", "Ada L: Ada L_101_assignsubmission_file_hw1.ipynb"),
    Case("Moodle, nothing but text", "Ada L_101_assignsubmission_onlinetext/onlinetext.html\nBob B_102_assignsubmission_file/hw1.ipynb",
         "Ada L ! 'onlinetext.html'\nBob B: Bob B_102_assignsubmission_file/hw1.ipynb"),
    Case("Canvas", "lovelaceada_LATE_4711_880012_hw1-1.ipynb\nrossbob_4712_880013_my work.ipynb",
         "lovelaceada: lovelaceada_LATE_4711_880012_hw1-1.ipynb\nrossbob: rossbob_4712_880013_my work.ipynb"),
    Case("Canvas, on the list", "lovelaceada_9_880012_hw1.ipynb\nxx_4712_880013_hw1.ipynb",
         "ada: lovelaceada_9_880012_hw1.ipynb\nbob: xx_4712_880013_hw1.ipynb\n- zoë", CLASS),
    Case("Canvas, attempts", "lovelaceada_4711_1_hw1.ipynb\nlovelaceada_4711_2_hw1-1.ipynb\nlovelaceada_4711_3_hw1-2.ipynb",
         "lovelaceada: lovelaceada_4711_3_hw1-2.ipynb"),
    Case("Canvas, two files", "lovelaceada_4711_1_hw1.ipynb\nlovelaceada_4711_2_lab.ipynb=other",
         "lovelaceada: lovelaceada_4711_1_hw1.ipynb"),
    Case("Canvas, another course's", "lovelaceada_4711_1_lab.ipynb=other\nrossbob_4712_2_hw1.ipynb",
         "lovelaceada ! no question\nrossbob: rossbob_4712_2_hw1.ipynb\n? lovelaceada_4711_1_lab.ipynb"),
    Case("Blackboard", "Homework 1_ada_attempt_2026-10-29-10-00-00_hw1.ipynb\n"
         "Homework 1_ada_attempt_2026-10-30-10-00-00_hw1.ipynb\nHomework 1_ada_attempt_2026-10-30-10-00-00.txt",
         "ada: Homework 1_ada_attempt_2026-10-30-10-00-00_hw1.ipynb"),
    Case("Brightspace", "4711-9 - Ada Lovelace - Oct 30, 2026 1230 PM/hw1.ipynb",
         "Ada Lovelace: 4711-9 - Ada Lovelace - Oct 30, 2026 1230 PM/hw1.ipynb"),
    Case("nbgrader's inbound", "ada+hw1+2026-10-30 10:00:00.5 UTC+abc/hw1.ipynb\nada+hw1+2026-10-31 10:00:00.5 UTC+def/hw1.ipynb",
         "ada: ada+hw1+2026-10-31 10:00:00.5 UTC+def/hw1.ipynb"),
    Case("Gradescope", f"{_YML}=gradescope\nsubmission_1/hw1.ipynb\nsubmission_2/work.ipynb",
         "s1: submission_1/hw1.ipynb\ns2: submission_2/work.ipynb\ns3: submission_2/work.ipynb"),
    Case("Gradescope, on the list", f"{_YML}=gradescope_mails\nsubmission_1/hw1.ipynb", "ada: submission_1/hw1.ipynb\n- bob\n- zoë", CLASS),
    Case("Gradescope, nobody named", f"{_YML}=gradescope\nsubmission_1/hw1.ipynb\nsubmission_9/hw1.ipynb",
         "s1: submission_1/hw1.ipynb\nsubmission_9: submission_9/hw1.ipynb"),
    # exports in a folder of their own, uploads without a notebook, and more systems
    Case("Canvas, in a folder", "submissions/lovelaceada_4711_1_hw1.ipynb\nsubmissions/rossbob_4712_2_hw1.ipynb",
         "ada: submissions/lovelaceada_4711_1_hw1.ipynb\nbob: submissions/rossbob_4712_2_hw1.ipynb\n- zoë", CLASS),
    Case("Canvas, a text and an archive", "lovelaceada_4711_text.html=<p>\nrossbob_4712_2_hw1.zip\ncy_4713_3_hw1.ipynb",
         "lovelaceada ! no notebook\nrossbob ! unpack the archive\ncy: cy_4713_3_hw1.ipynb"),
    Case("Canvas, an underscore in the name", "van_der_bergjan_12346_67891_hw1.ipynb\nx_1_2_hw1.ipynb",
         "van_der_bergjan: van_der_bergjan_12346_67891_hw1.ipynb\nx: x_1_2_hw1.ipynb"),
    Case("Blackboard, no notebook", "hw1_ada_attempt_2026-10-30-10-00-00_hw1.ipynb\nhw1_bob_attempt_2026-10-30-10-00-00.txt",
         "ada: hw1_ada_attempt_2026-10-30-10-00-00_hw1.ipynb\nbob ! no notebook"),
    Case("Moodle, a text beside the file", "Ada L_101_assignsubmission_file/sub/hw1.ipynb\nAda L_101_assignsubmission_onlinetext/onlinetext.html=<p>",
         "Ada L: Ada L_101_assignsubmission_file/sub/hw1.ipynb"),
    Case("Moodle, two of one name", "Ada L_101_assignsubmission_file/hw1.ipynb\nAda L_202_assignsubmission_file/hw1.ipynb",
         "Ada L ! two notebooks\n? Ada L_101_assignsubmission_file/hw1.ipynb\n? Ada L_202_assignsubmission_file/hw1.ipynb"),
    Case("Moodle, decomposed, on the list", "Zoe\u0308 A\u030aberg_103_assignsubmission_file/hw1.ipynb",
         "zoë: Zoe\u0308 A\u030aberg_103_assignsubmission_file/hw1.ipynb\n- ada\n- bob", CLASS),
    Case("Sakai", "Lovelace, Ada(ada)/Submission attachment(s)/hw1.ipynb\nRoss, Bob(bob)/Submission attachment(s)/hw1.ipynb\ngrades.csv",
         "ada: Lovelace, Ada(ada)/Submission attachment(s)/hw1.ipynb\nbob: Ross, Bob(bob)/Submission attachment(s)/hw1.ipynb"),
    Case("Gradescope, in a folder", f"export/{_YML}=gradescope\nexport/submission_1/src/hw1.ipynb\nexport/submission_2/hw1.ipynb",
         "s1: export/submission_1/src/hw1.ipynb\ns2: export/submission_2/hw1.ipynb\ns3: export/submission_2/hw1.ipynb"),
    Case("Gradescope, an archive", f"{_YML}=gradescope\nsubmission_1/hw1.zip\nsubmission_2/hw1.ipynb",
         "s1 ! unpack the archive\ns2: submission_2/hw1.ipynb\ns3: submission_2/hw1.ipynb"),
    Case("Brightspace, flat", "4711-9 - Ada Lovelace - Oct 29, 2026 1230 PM - hw1.ipynb\n4712-9 - Bob Ross - Oct 30, 2026 130 PM - x.ipynb",
         "ada: 4711-9 - Ada Lovelace - Oct 29, 2026 1230 PM - hw1.ipynb\nbob: 4712-9 - Bob Ross - Oct 30, 2026 130 PM - x.ipynb\n- zoë", CLASS),
    Case("files named by people", "Ada Lovelace - hw1.ipynb\nBob Ross - hw1.ipynb\nCopy of Zoë Åberg - hw1.ipynb",
         "ada: Ada Lovelace - hw1.ipynb\nbob: Bob Ross - hw1.ipynb\nzoë: Copy of Zoë Åberg - hw1.ipynb", CLASS),
    Case("versions in folders", "x/Lovelace, Ada/hw1/Version 1/hw1.ipynb\nx/Lovelace, Ada/hw1/Version 2/hw1.ipynb\nx/Ross, Bob/hw1/Version 1/hw1.ipynb",
         "ada ! 'Version 2/hw1.ipynb'\nbob: x/Ross, Bob/hw1/Version 1/hw1.ipynb\n- zoë\n"
         "? x/Lovelace, Ada/hw1/Version 1/hw1.ipynb\n? x/Lovelace, Ada/hw1/Version 2/hw1.ipynb", CLASS),
    Case("sections of notebooks, on the list", "Mon/ada.ipynb\nMon/zoë.ipynb\nTue/bob.ipynb",
         "ada: Mon/ada.ipynb\nbob: Tue/bob.ipynb\nzoë: Mon/zoë.ipynb", CLASS),
    Case("folders named by numbers", "4711/hw1.ipynb\n4712/hw1.ipynb", "ada: 4711/hw1.ipynb\nbob: 4712/hw1.ipynb\n- zoë", CLASS),
    Case("copies in other languages", "ada - Kopie.ipynb\nada.ipynb\nbob/Kopie von hw1.ipynb",
         "ada ! two notebooks\nbob: bob/Kopie von hw1.ipynb\n? ada - Kopie.ipynb\n? ada.ipynb", (Person("ada"), Person("bob"))),
    Case("the course's own folder", "nbgrader_config.py\nsource/hw1/hw1.ipynb\nrelease/hw1/hw1.ipynb=blank\nsubmitted/ada/hw1/hw1.ipynb",
         "ada: submitted/ada/hw1/hw1.ipynb"),
    Case("scripts of the world", "عادا/hw1.ipynb\nбоб/hw1.ipynb\n🙂/hw1/hw1.ipynb", "عادا: عادا/hw1.ipynb\nбоб: боб/hw1.ipynb\n🙂: 🙂/hw1/hw1.ipynb"),
    Case("a sign that cannot be seen", "ada\u200b/hw1.ipynb\nbob\u00a0/hw1.ipynb", "ada\u200b ! holds signs\nbob: bob\u00a0/hw1.ipynb\n- ada\n- zoë", CLASS),
    Case("a whole course in the folder", "ada/course/source/hw1/hw1.ipynb=blank\nada/course/hw1/hw1.ipynb\nbob/hw1.ipynb",
         "ada: ada/course/hw1/hw1.ipynb\nbob: bob/hw1.ipynb"),
    Case("a download that was not finished", "ada/hw1.ipynb.crdownload=broken\nbob/hw1.ipynb", "ada: ada/hw1.ipynb.crdownload\nbob: bob/hw1.ipynb"),
    Case("documents in place of a notebook", "ada/hw1.docx\nbob/hw1.ipynb\ncy/hw1.tar.gz", "bob: bob/hw1.ipynb\n? ada\n? cy"),
)  # fmt: skip
