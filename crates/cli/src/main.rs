//! `trialway`: the program. One file per subcommand; wire formats in `json`, text for people beside each command.

mod command;
mod demo;
mod ingest;
mod input;
mod json;
mod keyfile;
mod model;
mod paint;
mod patients;
mod post;
mod reading;
mod record;
mod retention;
mod sarif;
mod settings;
mod settling;
mod sync;
mod trial;

use clap::{CommandFactory, Parser, Subcommand};
use settings::DataDir;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Reading makes and drops many small lists; this allocator does so in half the time of the system's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Reads eligibility criteria and screens a patient against them. Advice for people to confirm, never a decision.
#[derive(Parser)]
#[command(name = "trialway", version, max_term_width = 100)]
struct Arguments {
    /// Where the store and the index live [default: trialway-data]
    #[arg(long, global = true, value_name = "DIR", env = "TRIALWAY_DATA")]
    data_dir: Option<PathBuf>,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Read a study's eligibility criteria: the tree, its logic and what was not understood
    Criteria(command::criteria::Arguments),
    /// Tell how much of the criteria of many studies is read, and what is not
    Coverage(command::coverage::Arguments),
    /// Show what a study record says
    Study(command::study::Arguments),
    /// Hold one patient's record against one study, criterion by criterion
    Screen(command::screen::Arguments),
    /// Show what a patient's record says, what of it is used, and what is left out, and why
    Patient(command::patient::Arguments),
    /// Ask what would settle most: the next question, or a questionnaire whose answers can be screened
    Ask(command::ask::Arguments),
    /// Hold many patients' records against one study: verdicts, the funnel, and what each criterion costs
    Cohort(command::cohort::Arguments),
    /// List the stored studies that fit one patient, in order, and why
    Match(command::matches::Arguments),
    /// Search the stored studies
    Search(command::search::Arguments),
    /// Put study records into the store
    Ingest(command::ingest::Arguments),
    /// Copy a registry's studies and keep the copy fresh
    Sync(command::sync::Arguments),
    /// Tell what is stored, how fresh it is and what the index lacks
    Status(command::status::Arguments),
    /// Write the whole store to one file, while it may be in use
    Backup(command::upkeep::Backup),
    /// Put a backup in the place of the store
    Restore(command::upkeep::Restore),
    /// Make a key for encrypted backups
    BackupKey(command::upkeep::BackupKey),
    /// Invite members of the study team, list and close accounts
    Accounts(command::accounts::Arguments),
    /// Check the log of who did what, or print it
    Audit(command::audit::Arguments),
    /// Tell how long what people gave is kept, or delete what has had its time
    Retention(command::retention::Arguments),
    /// Make the index anew from the store
    Reindex(command::upkeep::Reindex),
    /// Import your own vocabulary files, list what there is, check what is built in
    Vocabulary(command::vocabulary::Arguments),
    /// Draft a study in plain sentences, each with its source, or draw sentences of many studies for a second reader
    Draft(command::draft::Arguments),
    /// Review the plain sentences of a page, and say whether its criteria are read rightly
    Review(command::review::Arguments),
    /// Enrol, list or remove who of a study centre gets enquiries
    Contacts(command::contacts::Arguments),
    /// Read and answer what people wrote to study teams
    Enquiries(command::enquiries::Arguments),
    /// Tell how mails to send stand, or try those again that were given up
    Mails(command::contacts::MailArguments),
    /// Serve the portal
    Serve(command::serve::Arguments),
    /// Write invented studies in a registry's shape, for tests of scale
    DemoRegistry(command::demo_registry::Arguments),
    /// Tell what is wrong with eligibility criteria: lost exponents, contradictions, duplicates, fields that disagree
    Lint(command::lint::Arguments),
    /// Measure readings and rankings, see docs/evaluation.md
    Eval(command::eval::Arguments),
    /// Explain the code of a finding, such as ELG001
    Explain(command::explain::Arguments),
    /// Write a completion script for a shell
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let data_dir = DataDir {
        is_given: arguments.data_dir.is_some(),
        path: arguments.data_dir.unwrap_or_else(|| PathBuf::from("trialway-data")),
    };
    let mut out = std::io::stdout().lock();
    let done = match arguments.verb {
        Verb::Criteria(arguments) => command::criteria::run(&arguments, &mut out),
        Verb::Coverage(arguments) => command::coverage::run(&arguments, &data_dir, &mut out),
        Verb::Study(arguments) => command::study::run(&arguments, &data_dir, &mut out),
        Verb::Screen(arguments) => command::screen::run(&arguments, &data_dir, &mut out),
        Verb::Patient(arguments) => command::patient::run(&arguments, &data_dir, &mut out),
        Verb::Ask(arguments) => command::ask::run(&arguments, &data_dir, &mut out),
        Verb::Cohort(arguments) => command::cohort::run(&arguments, &data_dir, &mut out),
        Verb::Match(arguments) => command::matches::run(&arguments, &data_dir, &mut out),
        Verb::Search(arguments) => command::search::run(&arguments, &data_dir, &mut out),
        Verb::Ingest(arguments) => command::ingest::run(&arguments, &data_dir, &mut out),
        Verb::Sync(arguments) => command::sync::run(&arguments, &data_dir, &mut out),
        Verb::Status(arguments) => command::status::run(&arguments, &data_dir, &mut out),
        Verb::Backup(arguments) => command::upkeep::backup(&arguments, &data_dir, &mut out),
        Verb::Restore(arguments) => command::upkeep::restore(&arguments, &data_dir, &mut out),
        Verb::BackupKey(arguments) => command::upkeep::backup_key(&arguments, &mut out),
        Verb::Accounts(arguments) => command::accounts::run(&arguments, &data_dir, &mut out),
        Verb::Audit(arguments) => command::audit::run(&arguments, &data_dir, &mut out),
        Verb::Retention(arguments) => command::retention::run(&arguments, &data_dir, &mut out),
        Verb::Reindex(arguments) => command::upkeep::reindex(&arguments, &data_dir, &mut out),
        Verb::Vocabulary(arguments) => command::vocabulary::run(&arguments, &data_dir, &mut out),
        Verb::Draft(arguments) => command::draft::run(&arguments, &data_dir, &mut out),
        Verb::Review(arguments) => command::review::run(&arguments, &data_dir, &mut out),
        Verb::Contacts(arguments) => command::contacts::run(&arguments, &data_dir, &mut out),
        Verb::Enquiries(arguments) => command::enquiries::run(&arguments, &data_dir, &mut out),
        Verb::Mails(arguments) => command::contacts::mails(&arguments, &data_dir, &mut out),
        Verb::Serve(arguments) => command::serve::run(&arguments, &data_dir, &mut out),
        Verb::DemoRegistry(arguments) => command::demo_registry::run(&arguments, &mut out),
        Verb::Lint(arguments) => command::lint::run(&arguments, &data_dir, &mut out),
        Verb::Eval(arguments) => command::eval::run(&arguments, &data_dir, &mut out),
        Verb::Explain(arguments) => command::explain::run(&arguments, &mut out),
        Verb::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "trialway", &mut out);
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closed the pipe has seen enough.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "trialway: {error:#}");
            if error.downcast_ref::<input::BadInput>().is_some() { ExitCode::from(2) } else { ExitCode::from(1) }
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let kind = error
        .downcast_ref::<std::io::Error>()
        .map(std::io::Error::kind)
        .or_else(|| error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind));
    kind == Some(std::io::ErrorKind::BrokenPipe)
}
