#pragma once
// Repositories, branches and tags of a site in one list with section headings; filtered by name. Updated by diff, so
// selection and scroll survive a refresh. GUI thread.
#include "factory/versionviews.h"

#include <QAbstractListModel>

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
    };

    using QAbstractListModel::QAbstractListModel;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QHash<int, QByteArray> roleNames() const override;

    void setRepositories(const std::vector<factory::RepositoryRow> &repositories);
    void setRepository(const factory::RepositoryView &view, core::Instant now);
    void setFilter(const QString &filter);

    struct Row {
        Kind kind = Section;
        QString name = {};
        QString note = {};
        QString commit = {};
        int gate = 0;
        int lane = -1;
        bool isDefault = false;
        bool isProtected = false;
        bool current = false;
        bool operator==(const Row &) const = default;
    };

private:
    void rebuild();
    void replace(std::vector<Row> rows);

    std::vector<Row> m_rows;
    std::vector<Row> m_repositories;
    std::vector<Row> m_branches;
    std::vector<Row> m_tags;
    QString m_current;
    QString m_filter;
};

} // namespace andon::models
