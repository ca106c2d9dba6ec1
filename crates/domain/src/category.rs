//! The category tree: grown by programme and crisis, therefore with owners, validity and synonyms.

use crate::ids::CategoryId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A node of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    pub parent: Option<CategoryId>,
    pub name: String,
    /// Short name of the body that answers for the node.
    pub owner: String,
    /// Set on a top category whose complaints are about things that can be photographed.
    #[serde(default)]
    pub physical: bool,
    pub valid_from: Option<Date>,
    pub valid_to: Option<Date>,
    /// The node that took this one over.
    pub merged_into: Option<CategoryId>,
    pub synonyms: Vec<String>,
    pub aliases: Vec<String>,
}

/// All categories, by id.
#[derive(Debug, Clone, Default)]
pub struct CategoryTree(BTreeMap<CategoryId, Category>);

impl CategoryTree {
    /// A tree of the given nodes.
    pub fn new(nodes: impl IntoIterator<Item = Category>) -> CategoryTree {
        CategoryTree(nodes.into_iter().map(|node| (node.id, node)).collect())
    }

    /// One node.
    pub fn get(&self, id: CategoryId) -> Option<&Category> {
        self.0.get(&id)
    }

    /// All nodes in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Category> {
        self.0.values()
    }

    /// Nodes that can be chosen on a day: not merged away, and valid.
    pub fn valid_on(&self, day: Date) -> impl Iterator<Item = &Category> {
        self.0.values().filter(move |node| {
            node.merged_into.is_none()
                && node.valid_from.is_none_or(|from| from <= day)
                && node.valid_to.is_none_or(|to| day <= to)
        })
    }

    /// From a node up to its top category, itself first.
    pub fn line(&self, id: CategoryId) -> impl Iterator<Item = CategoryId> + '_ {
        std::iter::successors(Some(id), |id| self.get(*id).and_then(|node| node.parent)).take(16)
    }

    /// The top category of a node.
    pub fn top_of(&self, id: CategoryId) -> CategoryId {
        self.line(id).last().unwrap_or(id)
    }

    /// Whether an answer "done" to a report of this category needs evidence.
    pub fn is_physical(&self, id: CategoryId) -> bool {
        self.get(self.top_of(id)).is_some_and(|top| top.physical)
    }

    /// Finds a node by its name or an alias, whatever the case.
    pub fn find(&self, name: &str) -> Option<&Category> {
        let wanted = name.trim().to_lowercase();
        let is = |known: &str| known.to_lowercase() == wanted;
        let found = self.0.values().find(|node| is(&node.name) && node.merged_into.is_none());
        found.or_else(|| self.0.values().find(|node| is(&node.name) || node.aliases.iter().any(|alias| is(alias))))
    }
}
