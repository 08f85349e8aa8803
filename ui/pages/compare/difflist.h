#pragma once
// The changes of a folder as a flat list. It holds row numbers and the few pages that are seen; whatever else it needs
// it asks for. GUI thread.
#include "factory/compareviews.h"
#include "ui/widgets/rowview.h"

#include <list>

namespace andon::ui
{

class DiffList final : public RowView
{
    Q_OBJECT
public:
    enum Column { Type, Path, Before, After, Difference };
    explicit DiffList(QWidget *parent = nullptr);
    /// folder: left out of the paths.
    void set(factory::DiffIndex index, std::vector<std::uint32_t> rows, std::string folder);
    void addPage(const std::string &after, versions::DiffPage page);
    void setBefore(factory::SizesBefore sizes);
    void clear();
    [[nodiscard]] int rowCount() const override { return static_cast<int>(m_rows.size()); }
    /// What stands in a row; nullptr while its page is not there.
    [[nodiscard]] const versions::DiffEntry *entry(int row) const;
    [[nodiscard]] bool complete() const; ///< what is seen has its pages
    [[nodiscard]] std::optional<std::int64_t> before(int row) const;
    void choose(const std::string &path); ///< if it is seen; tells nobody

Q_SIGNALS:
    void pageNeeded(const std::string &after);

protected:
    void paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const override;
    [[nodiscard]] QString tipOf(int row, int column) const override;

private:
    void askForSeen();
    [[nodiscard]] const versions::DiffPage *page(const std::string &after) const;
    [[nodiscard]] std::optional<std::int64_t> after(int row) const;

    factory::DiffIndex m_index;
    std::vector<std::uint32_t> m_rows;
    std::string m_folder;
    factory::SizesBefore m_before;
    std::list<std::pair<std::string, versions::DiffPage>> m_pages; ///< the newest first
};

/// The word and the sign of a change: "+ added".
[[nodiscard]] QString changeName(versions::DiffType type);

} // namespace andon::ui
