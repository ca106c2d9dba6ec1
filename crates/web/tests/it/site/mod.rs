//! The pages by named people, in process: what a browser without JavaScript does.

mod browser;
mod desk;
mod files;
mod login;
mod reporter;
