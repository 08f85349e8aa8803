#pragma once
// The commit log: a virtual list with lanes that holds no rows, only the graph and what is visible. GUI thread.
#include "ui/pages/versions/logstrip.h"
#include "versions/logshape.h"

#include <QAbstractScrollArea>

#include <map>
#include <memory>
#include <set>
#include <unordered_map>

class QMenu;

namespace andon::ui
{

struct Tokens;

class CommitLog final : public QAbstractScrollArea
{
    Q_OBJECT
public:
    explicit CommitLog(QWidget *parent = nullptr);

    using Gates = std::map<versions::Oid, versions::GateSummary>;
    void setGraph(std::shared_ptr<const versions::CommitGraph> graph, const std::vector<versions::Ref> &refs,
                  std::shared_ptr<const Gates> gates, core::Instant now);
    /// What of the graph is shown; nullptr: all of it. Belongs to the graph that was set last.
    void setShape(std::shared_ptr<const versions::LogShape> shape);
    /// Texts of rows that were asked for with rowsNeeded, and what each of them is: as many, or none.
    void addCommits(const std::vector<versions::Commit> &commits, const std::vector<versions::CommitNature> &natures);
    /// Rows that match a search; onlyMatches hides the others. Empty with active: nothing matched.
    void setMatches(bool active, std::vector<std::int32_t> rows, bool onlyMatches);

    void select(std::int32_t row); ///< scrolls there
    void choose(std::int32_t row) { setSelected(row); } ///< stays where it is; what is hidden stays so
    [[nodiscard]] std::int32_t selected() const { return m_selected; }
    /// A merge on which a hook failed, and that no ref ever took.
    [[nodiscard]] bool isRefused(std::int32_t row) const;
    [[nodiscard]] bool complete() const; ///< every visible row has its text
    void nextMatch(int step);
    [[nodiscard]] std::int64_t matchPlace() const; ///< of the selected commit among the matches, from 1; 0: none
    void goToParent();
    void goToChild();
    void goAlongBranch(int step); ///< 1: to the next older of its line, -1: to the newer
    enum class Mark { A, B };
    void mark(Mark which); ///< the selected commit; once more takes it away
    void clearMarks();
    [[nodiscard]] std::optional<versions::Oid> marked(Mark which) const { return m_marks[static_cast<int>(which)]; }
    [[nodiscard]] QString
    tipAt(const QPoint &at) const; ///< plain text: the mark on the strip, else the row hovered over
    [[nodiscard]] bool canFold() const;
    void fold() { Q_EMIT foldRequested(m_selected); }
    /// What stands beside graph and message: "author", "metadata", "hooks", "age", "commit". None: all.
    [[nodiscard]] QStringList shownColumns() const;
    void showColumns(const QStringList &names); ///< what there is none of is skipped
    void openColumnsMenu(); ///< below the header
    [[nodiscard]] QMenu *columnsMenu(); ///< deletes itself when it is closed

Q_SIGNALS:
    void rowsNeeded(const std::vector<andon::core::CommitId> &ids);
    void selectionChanged(std::int32_t row);
    void revealRequested(std::int32_t row); ///< it is to be selected and is hidden
    void foldRequested(std::int32_t row); ///< fold or unfold the merge, or the run that begins with it
    void marksChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool event(QEvent *event) override;

private:
    /// What is written of a commit, as it is painted in every frame.
    struct Words {
        QString subject = {}; ///< "": it has no message
        QString committer = {};
        QStringList metadata = {}; ///< at most two; the second where there is room
        QString message = {};
        QString about = {}; ///< "reverts 60be2d14c2a1"
        std::optional<versions::CommitKind> kind = {}; ///< as its data tell, too
    };
    [[nodiscard]] static Words wordsOf(const versions::Commit &commit, const versions::CommitNature *nature);
    [[nodiscard]] versions::CommitKind kindOf(std::int32_t row) const;
    void paintMessage(QPainter &painter, const Words &words, int left, int right, int top, const QColor &colour) const;
    struct Columns {
        int graph = 0, message = 0, author = 0, meta = 0, gates = 0, age = 0, id = 0, right = 0;
    };
    [[nodiscard]] std::int32_t shownRows() const;
    [[nodiscard]] std::int32_t rowAt(std::int32_t shown) const; ///< graph row of a shown row
    [[nodiscard]] std::int32_t shownAt(std::int32_t row) const;
    [[nodiscard]] Columns columns() const;
    [[nodiscard]] int widthOf(const char *column, int px) const; ///< 0 when it is hidden
    [[nodiscard]] const versions::LogShape::Row *folded(std::int32_t row) const; ///< what stands for it, if it folds
    [[nodiscard]] const versions::CommitGraph &shown() const { return m_shape ? m_shape->graph : *m_graph; }
    void relight();
    void keepInPlace(std::int32_t row, int offset);
    int paintFold(QPainter &painter, const versions::LogShape::Row &fold, int left, int right, int top) const;
    static int paintPill(QPainter &painter, const QString &words, int left, int right, int top, const QColor &colour,
                         const Tokens &t);
    void paintMarks(QPainter &painter, std::int32_t row, int top) const;
    void layoutScroll();
    void askForVisible();
    void paintHeader(QPainter &painter, const Columns &c) const;
    void paintRow(QPainter &painter, const Columns &c, std::int32_t row, int top);
    int paintChips(QPainter &painter, std::int32_t row, int left, int right, int top);
    void paintGates(QPainter &painter, const versions::GateSummary &gates, const QRect &cell, bool dim) const;
    void setSelected(std::int32_t row);
    [[nodiscard]] LogStrip::Over overStrip() const;
    void pressStrip(const QPoint &at); ///< to the commit of a mark, else to that place
    [[nodiscard]] QString wordsOf(const LogStrip::Mark &mark) const;

    std::shared_ptr<const versions::CommitGraph> m_graph;
    std::shared_ptr<const Gates> m_gates;
    std::multimap<std::int32_t, versions::Ref> m_refs;
    core::Instant m_now;
    std::unordered_map<std::int32_t, Words> m_texts; ///< of rows seen; cleared beyond a bound
    std::shared_ptr<const versions::LogShape> m_shape;
    std::vector<char> m_lit; ///< ancestry of the selected commit
    std::vector<char> m_shownLit; ///< the same by shown row
    std::vector<char> m_held = {}; ///< what a ref reaches
    std::optional<versions::Oid> m_marks[2];
    LogStrip m_strip;
    std::vector<std::int32_t> m_matches;
    bool m_searching = false;
    bool m_onlyMatches = false;
    std::set<QString> m_hidden; ///< columns
    std::int32_t m_selected = versions::kNone;
    std::int32_t m_hovered = versions::kNone;
};

} // namespace andon::ui
