from lms.cli import main

main(prog_name="lms")
