//! Files that are kept, torn at random: for every parser of what the outside sends, in whatever crate it is.

use proptest::prelude::*;
use std::path::Path;

/// The files of a folder.
pub fn kept(folder: &Path) -> Vec<Vec<u8>> {
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "nothing is kept in {}", folder.display());
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// One way of tearing.
#[derive(Debug, Clone)]
enum Tear {
    Cut(prop::sample::Index),
    Change(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, u8),
}

fn tear() -> impl Strategy<Value = Tear> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        1 => at().prop_map(Tear::Cut),
        6 => (at(), any::<u8>()).prop_map(|(at, byte)| Tear::Change(at, byte)),
        2 => (at(), prop::collection::vec(any::<u8>(), 1..12)).prop_map(|(at, bytes)| Tear::Insert(at, bytes)),
        2 => (at(), 1..60_u8).prop_map(|(at, times)| Tear::Repeat(at, times)),
    ]
}

fn torn(mut bytes: Vec<u8>, tears: &[Tear]) -> Vec<u8> {
    for tear in tears {
        if bytes.is_empty() {
            break;
        }
        match tear {
            Tear::Cut(at) => bytes.truncate(at.index(bytes.len())),
            Tear::Change(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Tear::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
            Tear::Repeat(at, times) => {
                let (at, size) = (at.index(bytes.len()), bytes.len());
                let piece = bytes[at..size.min(at + 16)].to_vec();
                bytes.splice(at..at, piece.repeat(usize::from(*times)));
            }
        }
    }
    bytes
}

/// A file of a folder, torn a few times or not at all.
pub fn some(folder: &Path) -> impl Strategy<Value = Vec<u8>> + use<> {
    let file = prop::sample::select(kept(folder));
    (file, prop::collection::vec(tear(), 0..6)).prop_map(|(file, tears)| torn(file, &tears))
}
