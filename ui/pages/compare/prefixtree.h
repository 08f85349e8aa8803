#pragma once
// What differs, per folder: a tree whose rows open, with bars on one scale. GUI thread.
#include "factory/compareviews.h"
#include "ui/widgets/rowview.h"

#include <map>
#include <set>

namespace andon::ui
{

class PrefixTree final : public RowView
{
    Q_OBJECT
public:
    explicit PrefixTree(QWidget *parent = nullptr);
    /// What stood open stays open; root: its name.
    void set(const versions::DiffRollup &rollup, const QString &root);
    [[nodiscard]] int rowCount() const override { return static_cast<int>(m_shown.size()); }
    [[nodiscard]] std::string currentPath() const; ///< "" the root
    void choose(const std::string &path); ///< opens what it is in; tells nobody
    /// Net of a folder's changed objects, whose size before is known.
    void setBefore(const std::string &path, std::int64_t bytes);
    void clearBefore();
    void openAll(bool open);
    [[nodiscard]] std::vector<std::string> openPaths() const;
    void setOpenPaths(const std::vector<std::string> &paths);

Q_SIGNALS:
    void chosen(const std::string &path); ///< by the person

protected:
    void paintCell(QPainter &painter, const QRect &cell, int row, int column, const Tokens &t) const override;
    [[nodiscard]] QString tipOf(int row, int column) const override;
    void fold(int row, int direction) override;
    [[nodiscard]] bool folds(int row, int x) const override;

private:
    struct Shown {
        std::int32_t folder = 0;
        bool inside = false; ///< it has folders
    };
    [[nodiscard]] const versions::DiffFolder &folder(int row) const;
    [[nodiscard]] QString nameOf(int row) const;
    void arrange();
    void paintBytes(QPainter &painter, const QRect &cell, const versions::DiffSum &sum, const Tokens &t) const;

    versions::DiffRollup m_rollup = versions::DiffRollup();
    QString m_root;
    std::vector<Shown> m_shown;
    std::set<std::string> m_open;
    std::map<std::string, std::int64_t> m_before;
    bool m_first = true; ///< the first level is opened by itself
};

} // namespace andon::ui
