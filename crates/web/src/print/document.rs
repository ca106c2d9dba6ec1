//! What a document says, block by block.

use crate::components::chart::{Bars, Columns};
use crate::words::Words;
use app::Qr;

/// One who signs by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// Office or task, above the space for the signature.
    pub role: String,
    pub name: String,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Level 1 is a part, level 2 a part of it.
    Heading { level: u8, text: String },
    /// An empty line in the text begins a new paragraph.
    Paragraph(String),
    /// What somebody wrote, set apart by a line beside it.
    Quote(String),
    /// Smaller and softer: explanations, who did it and when.
    Small(String),
    /// Names and values in two columns.
    Facts(Vec<(String, String)>),
    /// Columns with their headings and shares of the width, and rows of as many cells.
    Table { columns: Vec<(String, u16)>, rows: Vec<Vec<String>> },
    /// Places to sign, side by side.
    Signers(Vec<Signer>),
    /// Larger than the rest, to be read from afar.
    Large(String),
    /// A code for cameras, so many points wide, and what it says for those who do not see it.
    Code { code: Qr, wide: u16, says: String },
    /// Columns in the order of time, every so many with its label, and what they say for those who do not see them.
    Columns { columns: Columns, every: usize, says: String },
    /// Names with their numbers and with bars, the longest first.
    Bars(Bars),
}

/// A document to be printed, built from the top to the bottom.
#[derive(Debug, Clone)]
pub struct Document {
    /// The language, and the words of the page numbers.
    pub words: Words,
    pub title: String,
    /// The office it comes from, above the title.
    pub about: Option<String>,
    /// Repeated at the foot of each page, before the page number.
    pub foot: String,
    pub blocks: Vec<Block>,
}

impl Document {
    /// A document with nothing but a title.
    pub fn new(words: Words, title: impl Into<String>) -> Document {
        Document { words, title: title.into(), about: None, foot: String::new(), blocks: Vec::new() }
    }

    /// Names the office it comes from.
    pub fn about(mut self, office: impl Into<String>) -> Document {
        self.about = Some(office.into());
        self
    }

    /// Sets the words at the foot of each page.
    pub fn foot(mut self, foot: impl Into<String>) -> Document {
        self.foot = foot.into();
        self
    }

    /// Adds a block.
    pub fn block(mut self, block: Block) -> Document {
        self.blocks.push(block);
        self
    }

    /// Adds the heading of a part.
    pub fn heading(self, text: impl Into<String>) -> Document {
        self.block(Block::Heading { level: 1, text: text.into() })
    }

    /// Adds the heading of a smaller part.
    pub fn subheading(self, text: impl Into<String>) -> Document {
        self.block(Block::Heading { level: 2, text: text.into() })
    }

    /// Adds a text.
    pub fn paragraph(self, text: impl Into<String>) -> Document {
        self.block(Block::Paragraph(text.into()))
    }

    /// Adds what somebody wrote.
    pub fn quote(self, text: impl Into<String>) -> Document {
        self.block(Block::Quote(text.into()))
    }

    /// Adds a small line.
    pub fn small(self, text: impl Into<String>) -> Document {
        self.block(Block::Small(text.into()))
    }

    /// Adds names with their values.
    pub fn facts<N: Into<String>, V: Into<String>>(self, facts: impl IntoIterator<Item = (N, V)>) -> Document {
        let facts = facts.into_iter().map(|(name, value)| (name.into(), value.into()));
        self.block(Block::Facts(facts.collect()))
    }

    /// Adds a table: headings with their shares of the width, and rows.
    pub fn table<R: Into<Vec<String>>>(self, columns: &[(&str, u16)], rows: impl IntoIterator<Item = R>) -> Document {
        let columns = columns.iter().map(|(head, share)| ((*head).to_owned(), *share)).collect();
        self.block(Block::Table { columns, rows: rows.into_iter().map(Into::into).collect() })
    }

    /// Adds a text to be read from afar.
    pub fn large(self, text: impl Into<String>) -> Document {
        self.block(Block::Large(text.into()))
    }

    /// Adds a code for cameras.
    pub fn code(self, code: Qr, wide: u16, says: impl Into<String>) -> Document {
        self.block(Block::Code { code, wide, says: says.into() })
    }

    /// Adds columns in the order of time.
    pub fn columns(self, columns: Columns, every: usize, says: impl Into<String>) -> Document {
        self.block(Block::Columns { columns, every, says: says.into() })
    }

    /// Adds names with their numbers and with bars.
    pub fn bars(self, bars: Bars) -> Document {
        self.block(Block::Bars(bars))
    }

    /// Adds places to sign, side by side.
    pub fn signers(self, signers: impl IntoIterator<Item = Signer>) -> Document {
        self.block(Block::Signers(signers.into_iter().collect()))
    }
}
