//! Groups of islands, by which the use of the system is told (survey of 2021: Java 69.6 %, Sumatra 14.6 %, Kalimantan 6.8 %).

use crate::region::RegionCode;

/// A group of islands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Island {
    Sumatra,
    Java,
    BaliNusaTenggara,
    Kalimantan,
    Sulawesi,
    Maluku,
    Papua,
}

impl Island {
    /// All groups, from west to east.
    pub const ALL: [Island; 7] = [
        Island::Sumatra,
        Island::Java,
        Island::BaliNusaTenggara,
        Island::Kalimantan,
        Island::Sulawesi,
        Island::Maluku,
        Island::Papua,
    ];

    /// The group of a region, by the first digits of its Kemendagri code; none for the whole country.
    pub fn of(region: &RegionCode) -> Option<Island> {
        match region.as_str().get(..2)?.parse::<u8>().ok()? {
            11..=29 => Some(Island::Sumatra),
            31..=39 => Some(Island::Java),
            51..=59 => Some(Island::BaliNusaTenggara),
            61..=69 => Some(Island::Kalimantan),
            71..=79 => Some(Island::Sulawesi),
            81..=89 => Some(Island::Maluku),
            91..=99 => Some(Island::Papua),
            _ => None,
        }
    }

    /// The name in locale keys.
    pub fn name(self) -> &'static str {
        match self {
            Island::Sumatra => "sumatra",
            Island::Java => "java",
            Island::BaliNusaTenggara => "bali_nusa_tenggara",
            Island::Kalimantan => "kalimantan",
            Island::Sulawesi => "sulawesi",
            Island::Maluku => "maluku",
            Island::Papua => "papua",
        }
    }
}
