#pragma once
// Repositories, branches and tags of a site in one list with section headings; filtered by name. Updated by diff, so
// selection and scroll survive a refresh; a heading folds its section. GUI thread.
#include "factory/versionviews.h"
#include "text/filter.h"

#include <QAbstractListModel>
#include <QSet>

namespace andon::models
{

class RefListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Kind { Section, Repository, Branch, Tag };
    enum Role {
        KindRole = Qt::UserRole + 1,
        NameRole, ///< the id: repository or ref name, UTF-8 as QString
        NoteRole, ///< right-hand text: counts, ahead and behind, age
        CommitRole, ///< 64 hex digits of a ref
        GateRole, ///< 0 none, 1 skipped, 2 failed
        DefaultRole,
        ProtectedRole,
        LaneRole, ///< colour 0 … 7 of a ref's row in the graph, -1 unknown
        CurrentRole, ///< the repository that is shown
        FoldedRole, ///< of a heading whose rows are hidden
    };

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QHash<int, QByteArray> roleNames() const override;

    void setRepositories(const std::vector<factory::RepositoryRow> &repositories);
    void setRepository(const factory::RepositoryView &view, core::Instant now);
    void setFilter(const text::Filter &filter);
    /// "repositories", "branches", "tags": those that stand open; none when all do, one "" when none does. While a
    /// filter leaves some rows, all do.
    [[nodiscard]] QStringList openSections() const;
    void openOnly(const QStringList &sections);
    void toggle(const QModelIndex &heading);
    /// name, kind, gate and time.
    [[nodiscard]] std::vector<text::FilterField> fields() const;
    [[nodiscard]] int shown() const { return m_shown; } ///< repositories, branches and tags that the filter leaves
    [[nodiscard]] int total() const;

    struct Row {
        Kind kind = Section;
        QString name = {};
        QString note = {};
        QString commit = {};
        QString section = {}; ///< of a heading: its key
        bool folded = false;
        int gate = 0;
        int lane = -1;
        bool isDefault = false;
        bool isProtected = false;
        bool current = false;
        core::Instant at = {};
        bool operator==(const Row &) const = default;
    };

Q_SIGNALS:
    void filtered(); ///< shown() or total() may have changed

private:
    [[nodiscard]] std::vector<Row> left(const std::vector<Row> &part) const;
    void rebuild();
    void replace(std::vector<Row> rows);

    std::vector<Row> m_rows;
    std::vector<Row> m_repositories;
    std::vector<Row> m_branches;
    std::vector<Row> m_tags;
    QString m_current;
    QSet<QString> m_folded;
    text::Filter m_filter;
    int m_shown = 0;
};

} // namespace andon::models
